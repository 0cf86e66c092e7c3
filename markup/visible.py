"""Whether a text shows anything at all."""

import unicodedata

SEEN = ("L", "N", "P", "S")
# Letters and symbols by Unicode's word, of which nothing is drawn: Hangul fillers, an empty Braille
# cell, a note without a head, the place of an object that is not there.
BLANK = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159"


def shows_something(text: str) -> bool:
    """Whether any of it can be seen."""
    return any(unicodedata.category(sign).startswith(SEEN) for sign in text if sign not in BLANK)
