"""Feeds: full texts for subscribers, in every format of the family below."""

from feeds import atom, jsonfeed, rss
from feeds.base import EDITION, Channel, Entry, Format, Person, Picture, Term

FORMATS: tuple[Format, ...] = (rss.FORMAT, atom.FORMAT, jsonfeed.FORMAT)

__all__ = ["EDITION", "FORMATS", "Channel", "Entry", "Format", "Person", "Picture", "Term"]
