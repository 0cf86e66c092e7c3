"""What a feed says, before it is said in one format or another. Every address in it is absolute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

# Raised whenever the same entries are written otherwise than before, for who has the former bytes.
EDITION = 2


class Person(NamedTuple):
    """Who wrote something; never with an e-mail address."""

    name: str
    url: str = ""
    portrait: str = ""


class Term(NamedTuple):
    """What an entry is about: the slug identifies, the name is for people."""

    slug: str
    name: str


class Picture(NamedTuple):
    """The picture that stands for an entry. Width and height are in pixels."""

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

    `updated` is None where nothing ever happened.
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
