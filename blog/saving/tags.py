"""Converts between the tags that people type and the tags of posts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from blog.models import Post, Tag
from blog.models.taxonomy import folded_name

# A quoted name, with quotes in it doubled, up to a comma or the end; else all up to a comma.
NAMES = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=,|\Z)|([^,]*))(?:,|\Z)')
TRIES = 3


def parse_tags(text: str) -> list[str]:
    """Return the names in a list separated by commas; a name that contains a comma is in quotes."""
    names = (_clean(match) for match in NAMES.finditer(text))
    return list(dict.fromkeys(filter(None, names)))


def _clean(match: re.Match[str]) -> str:
    quoted, plain = match.groups()
    return " ".join((quoted.replace('""', '"') if quoted is not None else plain).split())


def string_of_tags(tags: Iterable[Tag]) -> str:
    """Return the text that `parse_tags` reads as these tags."""
    return ", ".join(map(_quoted, sorted(tag.name for tag in tags)))


def _quoted(name: str) -> str:
    if "," in name or name.startswith('"'):
        return '"{}"'.format(name.replace('"', '""'))
    return name


def set_tags(post: Post, names: Iterable[str]) -> None:
    """Set the post's tags to those with these names; create the tags that are new.

    Where an older site has several tags of one name, it takes the exact spelling, else the oldest.
    """
    wanted = {name: folded_name(name) for name in names}
    alike = list(Tag.objects.filter(folded__in=wanted.values()).order_by("-pk"))
    by_name = {tag.name: tag for tag in alike}
    by_folded = {tag.folded: tag for tag in alike}
    chosen: dict[Tag, None] = {}
    for name, folded in wanted.items():
        tag = by_name.get(name) or by_folded.get(folded) or _new_tag(name)
        by_folded.setdefault(folded, tag)
        chosen[tag] = None
    post.tags.set(list(chosen))  # a list: taggit iterates over it more than once


def _new_tag(name: str) -> Tag:
    """Create a tag; return the one that somebody else creates at the same moment, if any."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return Tag.objects.create(name=name)
        except IntegrityError:
            if made := Tag.objects.filter(folded=folded_name(name)).first():
                return made
    return Tag.objects.create(name=name)
