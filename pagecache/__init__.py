"""Whole pages in memory, in front of Django, dropped when what they show changes."""
