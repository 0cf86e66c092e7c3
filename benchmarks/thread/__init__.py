"""A thread of a hundred thousand replies. See `__main__` and `beside`."""
