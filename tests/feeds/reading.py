"""Reading feeds strictly: as XML, as JSON, and as a feed reader does."""

from __future__ import annotations

from typing import Any

import feedparser
from lxml import etree

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def xml(response: Any) -> Any:
    """The root element; raises on what is not well-formed."""
    return etree.fromstring(response.content, etree.XMLParser(resolve_entities=False))


def texts(response: Any, path: str) -> list[str]:
    """The texts of elements, or the values of attributes, that an XPath finds."""
    found = xml(response).xpath(path, namespaces=NAMESPACES)
    return [str(one if isinstance(one, str) else one.text or "") for one in found]


def parsed(response: Any) -> Any:
    """What a feed reader makes of it; fails where the reader has to forgive something."""
    feed = feedparser.parse(
        response.content, response_headers={"content-type": response["Content-Type"]}
    )
    assert not feed.bozo, feed.bozo_exception
    return feed
