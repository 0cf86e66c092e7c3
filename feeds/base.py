"""The contents of a feed, independent of its format. Every address in it is absolute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

# Raise it when the same entries are written differently, so that cached feeds are replaced.
EDITION = 2


class Person(NamedTuple):
    """A writer; never with an e-mail address."""

    name: str
    url: str = ""
    portrait: str = ""


class Term(NamedTuple):
    """A subject of an entry: the slug identifies it, the name is for people."""

    slug: str
    name: str


class Picture(NamedTuple):
    """The picture of an entry. Width and height are in pixels."""

    url: str
    content_type: str
    width: int
    height: int
    credit: str = ""
    licence: str = ""
    licence_url: str = ""


class Entry(NamedTuple):
    """One entry. `uid` is a URI that survives every change of title and address."""

    uid: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime
    language: str
    authors: Sequence[Person]
    contributors: Sequence[Person] = ()
    summary: str = ""
    terms: Sequence[Term] = ()
    picture: Picture | None = None


class Channel(NamedTuple):
    """One feed: what it is about, the page it belongs to, its own address, and its entries.

    `updated` is None for an empty feed.
    """

    title: str
    description: str
    page_url: str
    self_url: str
    language: str
    updated: datetime | None
    entries: Sequence[Entry]
    icon_url: str = ""


class Format(NamedTuple):
    """A format in which feeds are written. `suffix` follows the address of the page."""

    name: str
    label: str
    suffix: str
    content_type: str
    write: Callable[[Channel], bytes]
