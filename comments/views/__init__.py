"""The views of the conversation, one file for each action."""
