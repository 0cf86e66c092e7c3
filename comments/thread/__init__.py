"""A page of a thread: chosen, read, and made ready for the template."""
