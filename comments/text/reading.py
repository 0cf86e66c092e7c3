"""A reply's text as it was typed and as readers see it, and where its links lead."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape

# The characters that Markdown removes, so that a text reads otherwise than it was typed.
CAN_SPLIT_WORDS = "*_`~\\&<>[]"
# Only for HTML of our own, where no attribute holds a ">".
TAG = re.compile("<[^>]*>")
LINK = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)
# A quotation without another one in it.
QUOTED = re.compile(r"<blockquote>(?:(?!<blockquote>).)*?</blockquote>", re.DOTALL)


class Reading:
    """One text, read once for all who ask. `typed` is its Markdown, `html` the HTML made of it."""

    def __init__(self, typed: str, html: str) -> None:
        self.typed, self.html = typed, html
        self._can_hide_words = any(sign in typed for sign in CAN_SPLIT_WORDS)

    @cached_property
    def text(self) -> str:
        """The text without the marks of Markdown and HTML, in which words can hide."""
        return (
            unescape(TAG.sub("", self.html)) if self.html and self._can_hide_words else self.typed
        )

    @cached_property
    def own_text(self) -> str:
        """The text without marks and without quotations."""
        html = self.html
        while (shorter := QUOTED.sub("", html)) != html:
            html = shorter
        return unescape(TAG.sub("", html)) if html and self._can_hide_words else self.typed

    @property
    def both(self) -> str:
        """The text as it was typed, followed by the text as readers see it if that may differ."""
        return f"{self.typed}\n{self.text}" if self._can_hide_words else self.typed

    @cached_property
    def links(self) -> list[str]:
        """The web addresses that the text links to."""
        return LINK.findall(self.html)
