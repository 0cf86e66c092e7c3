"""One number for a text, the same for texts that are nearly the same.

A sketch by minimal hashes (A. Broder, "On the resemblance and containment of documents", 1997): of
all pairs of neighbouring words only the few with the smallest hashes count, so a word changed here
or there mostly leaves the number as it was, while other texts have other numbers.
"""

from __future__ import annotations

import hashlib
from heapq import nsmallest
from itertools import pairwise

from comments.text.words import words_in

FEWEST_WORDS = 8
PAIRS_KEPT = 3


def fingerprint(text: str) -> int | None:
    """64 bits for a text without quotations; None if it is so short that many people write it."""
    words = words_in(text)
    if len(words) < FEWEST_WORDS:
        return None
    pairs = {_hash(f"{one} {other}".encode()) for one, other in pairwise(words)}
    return int.from_bytes(_hash(b"".join(nsmallest(PAIRS_KEPT, pairs))), "big", signed=True)


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()
