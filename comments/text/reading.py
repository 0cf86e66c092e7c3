"""A reply's text as it was typed and as it reads, and where its links lead."""

from __future__ import annotations

import re
from html import unescape

from folding import folded

# What Markdown takes out of a text, so that it reads otherwise than it was typed.
CAN_SPLIT_WORDS = "*_`~\\&<>[]"
# In HTML of our own making, where no attribute holds a ">".
TAG = re.compile("<[^>]*>")
LINK = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)


def text_of(name: str, body: str, body_html: str) -> str:
    """The name and the words, folded; as they were typed, and as they read without their marks."""
    return folded(f"{name}\n{as_typed_and_read(body, body_html)}")


def as_typed_and_read(body: str, body_html: str) -> str:
    return f"{body}\n{as_read(body, body_html)}" if can_split_words(body) else body


def as_read(body: str, body_html: str) -> str:
    """The text without what Markdown and HTML take out of it, in which words can hide."""
    return unescape(TAG.sub("", body_html)) if body_html and can_split_words(body) else body


def links_in(body_html: str) -> list[str]:
    """The web addresses that a text leads to."""
    return LINK.findall(body_html)


def can_split_words(text: str) -> bool:
    return any(sign in text for sign in CAN_SPLIT_WORDS)
