"""Measures speed. See README.md."""
