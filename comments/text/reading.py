"""A reply's text as it was typed and as it reads, and where its links lead."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape

# What Markdown takes out of a text, so that it reads otherwise than it was typed.
CAN_SPLIT_WORDS = "*_`~\\&<>[]"
# In HTML of our own making, where no attribute holds a ">".
TAG = re.compile("<[^>]*>")
LINK = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)
# What is answered: the innermost quotation of some.
QUOTED = re.compile(r"<blockquote>(?:(?!<blockquote>).)*?</blockquote>", re.DOTALL)


class Reading:
    """One text, read once however many ask: `typed` is its Markdown, `html` what became of it."""

    def __init__(self, typed: str, html: str) -> None:
        self.typed, self.html = typed, html
        self._can_hide_words = any(sign in typed for sign in CAN_SPLIT_WORDS)

    @cached_property
    def text(self) -> str:
        """Without what Markdown and HTML take out of it, in which words can hide."""
        return self._without_marks(self.html)

    @cached_property
    def own_text(self) -> str:
        """The same without what it quotes."""
        html = self.html
        while (shorter := QUOTED.sub("", html)) != html:
            html = shorter
        return self._without_marks(html)

    @property
    def both(self) -> str:
        """As it was typed, and as it reads where that is something else."""
        return f"{self.typed}\n{self.text}" if self._can_hide_words else self.typed

    @cached_property
    def links(self) -> list[str]:
        """The web addresses that it leads to."""
        return LINK.findall(self.html)

    def _without_marks(self, html: str) -> str:
        return unescape(TAG.sub("", html)) if html and self._can_hide_words else self.typed
