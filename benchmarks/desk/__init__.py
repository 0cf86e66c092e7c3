"""The moderators' desk. See `__main__`."""
