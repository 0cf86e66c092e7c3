"""Folds texts for comparison: without capitals, invisible signs and look-alikes.

After UTS 39, "Unicode Security Mechanisms", section 4, on the text in compatibility form and
without capitals (NFKC_Casefold). ASCII is unchanged, though UTS 39 takes "m" for "rn".
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

# Signs that are not drawn: Default_Ignorable_Code_Point (Unicode 15), annotations, the object sign.
NOT_DRAWN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
)
IGNORABLE = re.compile(
    f"[{NOT_DRAWN}]|[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters and symbols of Unicode that are drawn empty: Hangul fillers, an empty Braille cell, a note
# without a head, the replacement for an object.
BLANK = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159"
# Combining marks, which NFKD separates from their letters.
ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


def _read_lookalikes() -> dict[str, str]:
    lines = Path(__file__).with_name("lookalikes.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines if not line.startswith("#"))
    return {letter: target for target, letters in rows for letter in letters}


LOOKALIKES = _read_lookalikes()
# A range above the first plane matches a hundred times faster than its single letters.
LETTERS = "".join(letter for letter in LOOKALIKES if letter < "\uffff") + "\U00010000-\U0010ffff"
LOOKALIKE, HIDES = re.compile(f"[{LETTERS}]"), re.compile(f"[{LETTERS}{NOT_DRAWN}]")
# In names also "I" and "1" beside "l", "0" beside "O", which words keep apart.
ALIKE_IN_NAMES = str.maketrans("i10", "llo")
PAIRS_IN_NAMES = (("rn", "m"), ("vv", "w"))
NO_LETTER = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return a text folded for searching words: its skeleton without accents and double spaces."""
    if not text.isascii():
        text = ACCENTS.sub("", _look(text))
    return " ".join(text.lower().split())


def skeleton(text: str) -> str:
    """Return a text without capitals and invisible signs, with look-alikes replaced; accents stay."""
    return text.lower() if text.isascii() else normalize("NFC", _look(text))


def composed(text: str) -> str:
    """Return a text without capitals and invisible signs; look-alikes stay (NFKC_Casefold)."""
    return text.lower() if text.isascii() else normalize("NFC", decomposed(text))


def decomposed(text: str) -> str:
    """Return the same as `composed`, with each accent separate from its letter."""
    visible = IGNORABLE.sub("", text)
    return normalize("NFKD", normalize("NFKD", visible).casefold())


def has_lookalikes(text: str) -> bool:
    """Return whether a text in NFKD has letters that look like others, or invisible signs."""
    return HIDES.search(text.lower()) is not None


@lru_cache(maxsize=4096)
def look_of_name(name: str) -> str:
    """Return a name's letters as a hasty reader sees them, without differences of look-alikes."""
    look = NO_LETTER.sub("", folded(name)).translate(ALIKE_IN_NAMES)
    for pair, letter in PAIRS_IN_NAMES:
        look = look.replace(pair, letter)
    return look


def _look(text: str) -> str:
    return LOOKALIKE.sub(lambda letter: LOOKALIKES.get(letter[0], letter[0]), decomposed(text))
