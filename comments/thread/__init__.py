"""What a page of a thread shows: chosen, read, and made ready for the template."""
