"""What settings may be, in plain Python: the environment's reader asks it before Django is set up."""

from __future__ import annotations

import unicodedata

DAYS_OF_A_CENTURY = 36_500  # a longer time leads to dates that Python cannot represent
MINUTES_OF_A_YEAR = 365 * 24 * 60
# Control characters, line and paragraph separators, and surrogates.
NO_TEXT = {"Cc", "Zl", "Zp", "Cs"}


def is_line(text: str) -> bool:
    """Return whether the text is one line without control characters."""
    return all(unicodedata.category(sign) not in NO_TEXT for sign in text)
