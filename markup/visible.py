"""Checks whether a text shows anything."""

import unicodedata

from folding import BLANK

SEEN = ("L", "N", "P", "S")


def shows_something(text: str) -> bool:
    """Return whether any sign of the text is visible."""
    return any(unicodedata.category(sign).startswith(SEEN) for sign in text if sign not in BLANK)
