"""Addresses in HTML made absolute, for readers who see it far from its page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

# The HTML comes out of our own allow-list, so attributes are always in double quotes.
TAG = re.compile(r'<(?:a|img|source|video|audio)(?:\s[\w-]+(?:="[^"]*")?)+')
ADDRESS = re.compile(r'(\s(href|src|poster|srcset)=")(?!https?:|mailto:|tel:)([^"]*)')
CANDIDATE = re.compile(r"(?:^|(?<=,))(\s*)(\S+)")


def absolute(html: str, page_url: str) -> str:
    """The HTML with href, src, srcset and poster resolved against the page (RFC 3986, section 5)."""

    def resolve(match: re.Match[str]) -> str:
        start, name, value = match.groups()
        if name == "srcset":
            return start + CANDIDATE.sub(lambda c: c[1] + _joined(page_url, c[2]), value)
        return start + _joined(page_url, value)

    return TAG.sub(lambda tag: ADDRESS.sub(resolve, tag[0]), html)


@lru_cache(maxsize=4096)
def _joined(page_url: str, address: str) -> str:
    try:
        return urljoin(page_url, address)
    except ValueError:  # "http://[" and the like lead nowhere, here as on the page
        return address
