"""Atom 1.0 (RFC 4287) with full text and Media RSS pictures.

Titles and summaries are of the type "text", which is the default (section 3.1.1): never HTML.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.feedgenerator import rfc3339_date

from feeds import media
from feeds.base import Channel, Entry, Format, Person
from feeds.xml import document, element, html, optional, wrapped

NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:media": media.NAMESPACE}
TYPE = "application/atom+xml"
# The date of an empty feed, since Atom requires one (section 4.2.15).
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write(channel: Channel) -> bytes:
    return document(
        wrapped(
            "feed",
            element("id", channel.self_url),
            element("title", channel.title),
            optional("subtitle", channel.description),
            element("updated", rfc3339_date(channel.updated or EPOCH)),
            _link("self", TYPE, channel.self_url),
            _link("alternate", "text/html", channel.page_url),
            optional("icon", channel.icon_url),
            *map(_entry, channel.entries),
            attributes=NAMESPACES | {"xml:lang": channel.language},
        )
    )


def _entry(entry: Entry) -> str:
    return wrapped(
        "entry",
        element("id", entry.uid),
        element("title", entry.title),
        _link("alternate", "text/html", entry.url),
        element("published", rfc3339_date(entry.published)),
        element("updated", rfc3339_date(entry.updated)),
        *(_person("author", person) for person in entry.authors),
        *(_person("contributor", person) for person in entry.contributors),
        *(
            element("category", attributes={"term": term.slug, "label": term.name})
            for term in entry.terms
        ),
        media.content(entry.picture),
        optional("summary", entry.summary),
        html("content", entry.html, {"type": "html"}),
        attributes={"xml:lang": entry.language},
    )


def _link(relation: str, content_type: str, url: str) -> str:
    return element("link", attributes={"rel": relation, "type": content_type, "href": url})


def _person(kind: str, person: Person) -> str:
    return wrapped(kind, element("name", person.name), optional("uri", person.url))


FORMAT = Format("atom", "Atom", "feed/atom/", TYPE, write)
