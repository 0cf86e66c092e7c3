"""Uploaded files: how they are stored, and how unused ones are deleted."""
