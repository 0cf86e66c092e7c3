"""Makes addresses in HTML absolute, for readers who see it away from its page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

# The HTML is our own sanitiser's, so attributes are always in double quotes.
TAG = re.compile(r'<(?:a|img|source|video|audio)(?:\s[\w-]+(?:="[^"]*")?)+')
# Other attributes are matched too, so that no text in them is taken for an address.
ATTRIBUTE = re.compile(r'\s(?:(href|src|poster|srcset)="([^"]*)"|[\w-]+="[^"]*")')
CANDIDATE = re.compile(r"(?:^|(?<=,))(\s*)(\S+)")


def absolute(html: str, page_url: str) -> str:
    """The HTML with href, src, srcset and poster resolved against the page (RFC 3986, section 5)."""

    def resolve(attribute: re.Match[str]) -> str:
        name, value = attribute.groups()
        if name is None or value.startswith(("https:", "http:")):
            return attribute[0]
        if name == "srcset":
            return f' srcset="{CANDIDATE.sub(resolve_candidate, value)}"'
        return f' {name}="{joined(page_url, value)}"'

    def resolve_candidate(candidate: re.Match[str]) -> str:
        return candidate[1] + joined(page_url, candidate[2])

    return TAG.sub(lambda tag: ATTRIBUTE.sub(resolve, tag[0]), html)


@lru_cache(maxsize=4096)  # joining costs more than all else here
def joined(page_url: str, address: str) -> str:
    """Return one address resolved against that of the page."""
    try:
        return urljoin(page_url, address)
    except ValueError:  # "http://[" and the like lead nowhere, here as on the page
        return address
