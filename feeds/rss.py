"""RSS 2.0 (RSS Advisory Board, 2.0.11) with full text, Dublin Core names and Media RSS pictures.

A description is HTML by the specification, and readers take titles and the channel's description
for HTML as well (feedparser, SimplePie). Names, categories and credits they take for plain text,
as Dublin Core and Media RSS say.
"""

from __future__ import annotations

from django.utils.feedgenerator import rfc2822_date

from feeds import media
from feeds.base import Channel, Entry, Format
from feeds.xml import as_html, document, element, html, title, wrapped

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": media.NAMESPACE,
}
TYPE = "application/rss+xml"


def write(channel: Channel) -> bytes:
    self_link = {"rel": "self", "type": TYPE, "href": channel.self_url}
    inner = wrapped(
        "channel",
        title("title", channel.title),
        element("link", channel.page_url),
        title("description", channel.description),
        element("language", channel.language),
        element("lastBuildDate", rfc2822_date(channel.updated)) if channel.updated else "",
        element("atom:link", attributes=self_link),
        *map(_item, channel.entries),
    )
    return document(wrapped("rss", inner, attributes={"version": "2.0"} | NAMESPACES))


def _item(entry: Entry) -> str:
    return wrapped(
        "item",
        title("title", entry.title),
        element("link", entry.url),
        element("guid", entry.uid, {"isPermaLink": "false"}),
        element("pubDate", rfc2822_date(entry.published)),
        # RSS's own <author> requires an e-mail address, and we publish none.
        *(element("dc:creator", person.name) for person in entry.authors),
        *(element("dc:contributor", person.name) for person in entry.contributors),
        *(element("category", term.name) for term in entry.terms),
        element("dc:language", entry.language),
        media.content(entry.picture),
        as_html("description", entry.summary) if entry.summary else "",
        html("content:encoded", entry.html),
    )


FORMAT = Format("rss", "RSS", "feed/", TYPE, write)
