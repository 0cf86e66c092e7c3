"""The server, and what it answers without Django: files and monitors."""
