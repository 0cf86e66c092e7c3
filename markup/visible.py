"""Whether a text shows anything at all."""

import unicodedata

from folding import BLANK

SEEN = ("L", "N", "P", "S")


def shows_something(text: str) -> bool:
    """Whether any of it can be seen."""
    return any(unicodedata.category(sign).startswith(SEEN) for sign in text if sign not in BLANK)
