"""What measures speed. See README.md."""
