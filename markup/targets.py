"""Checks the targets of links: a host must be written in full, as in https://example.org/.

Browsers repair other spellings: https:example.org, http:///example.org and //example.org all lead
to example.org. A search of the text for its hosts would not find them.
"""

import re
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from markup.hosts import host_of_browsers

# Signs that browsers remove from a URL, and from its ends, before they read it.
TAKEN_OUT = re.compile("[\t\n\r]")
TAKEN_OFF = "".join(map(chr, range(0x21)))
WEB = re.compile("https?:", re.IGNORECASE)
# Browsers read a backslash as a slash: what follows is not the host, and what precedes is.
NETLOC = re.compile(r"(?:[^\\]*@)?(?P<host>\[[^\[\]\\]*\]|[^\[\]\\:]+)(?::(?P<port>[0-9]{0,5}))?")
MAX_PORT = 65_535
OTHER_HOST = re.compile(r"[/\\]{2}")


def plain_targets(md: MarkdownIt) -> None:
    """Make the parser read the target of every link as browsers do."""
    normalise = md.normalizeLink
    md.normalizeLink = lambda url: normalise(plain_target(url) or url)  # type: ignore[method-assign]


def plain_target(written: str) -> str | None:
    """Return the target as browsers read it; None if its host is not written in full.

    A host in another script, in look-alike letters or in percent-encoding becomes the ASCII host
    that browsers find.
    """
    target = TAKEN_OUT.sub("", written).strip(TAKEN_OFF)
    if WEB.match(target):
        return web_target(target)
    return None if OTHER_HOST.match(target) else target


def web_target(target: str) -> str | None:
    try:
        netloc = urlsplit(target).netloc
    except ValueError:  # a bracket that is not closed
        return None
    parts = NETLOC.fullmatch(netloc)
    if parts is None or int(parts["port"] or 0) > MAX_PORT:
        return None
    host = host_of_browsers(parts["host"])
    if host is None or host == parts["host"].lower():
        return host and target
    whole = netloc[: parts.start("host")] + host + netloc[parts.end("host") :]
    return target.replace(f"//{netloc}", f"//{whole}", 1)
