"""Links for whoever judges a text: where each leads stands beside its words."""

from __future__ import annotations

import re
from html import escape, unescape

from markup.plaintext import text_of

# Sanitised HTML writes every attribute between double quotes, and no link within a link.
LINK = re.compile(r'(<a [^>]*?href="([^"]*)"[^>]*>)(.*?)</a>', re.DOTALL)
LEFT_OUT = re.compile(r"^(?:https?://|mailto:)|/$")


def with_targets(html: str) -> str:
    """The same sanitised HTML with the address of each link behind its words, unless those say it."""
    return LINK.sub(_shown, html)


def _shown(link: re.Match[str]) -> str:
    address, words = unescape(link[2]), text_of(link[3])
    if LEFT_OUT.sub("", words) == LEFT_OUT.sub("", address):
        return link[0]
    # Letters that run from right to left before it must not turn it round.
    return f'{link[0]} <bdi class="target" dir="ltr">({escape(address)})</bdi>'
