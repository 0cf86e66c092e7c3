"""The pages of the conversation, a file for each thing that somebody does."""
