"""Other programs, with the content of ours and on the same machine."""
