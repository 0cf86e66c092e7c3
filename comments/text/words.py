"""The words of a text, as they are counted and compared."""

from __future__ import annotations

import re

from folding import IGNORABLE, skeleton

WORD = re.compile(r"[^\W\d_]{3,30}")
# A pasted address and its host name. Its words do not count as words of the text.
ADDRESS = re.compile(
    r"(?:https?://|\bwww\.)([^\s/?#:)\]>\"'\\]{1,253})[^\s)\]>\"']*", re.IGNORECASE
)


def words_in(text: str) -> list[str]:
    """The words of a text in order, as they look (`folding.skeleton`), without web addresses."""
    return WORD.findall(skeleton(ADDRESS.sub(" ", IGNORABLE.sub("", text))))
