"""Shows where links lead, for moderators who judge a text."""

from __future__ import annotations

import re
from html import escape, unescape

from markup.plaintext import text_of

# In sanitised HTML attributes are in double quotes, and links are not nested.
LINK = re.compile(r'(<a [^>]*?href="([^"]*)"[^>]*>)(.*?)</a>', re.DOTALL)
LEFT_OUT = re.compile(r"^(?:https?://|mailto:)|/$")


def with_targets(html: str) -> str:
    """Return sanitised HTML with each link's address after its words, unless they are equal."""
    return LINK.sub(_shown, html)


def _shown(link: re.Match[str]) -> str:
    address, words = unescape(link[2]), text_of(link[3])
    if LEFT_OUT.sub("", words) == LEFT_OUT.sub("", address):
        return link[0]
    # Right-to-left letters before the address must not change its direction.
    return f'{link[0]} <bdi class="target" dir="ltr">({escape(address)})</bdi>'
