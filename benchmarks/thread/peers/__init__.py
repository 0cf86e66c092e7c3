"""Other programs, measured with the same content on the same machine."""
