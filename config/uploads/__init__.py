"""The files that people upload: how they are kept, and what is left of those that were not."""
