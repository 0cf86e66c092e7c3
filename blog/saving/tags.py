"""Tags as people type them, and as posts carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from blog.models import Post, Tag
from blog.models.taxonomy import folded_name

# A name in quotes, with its quotes doubled, up to a comma or the end; else whatever stands up to a comma.
NAMES = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=,|\Z)|([^,]*))(?:,|\Z)')
TRIES = 3


def parse_tags(text: str) -> list[str]:
    """The names in a line of them. Commas part them, and nothing else; a comma within stands in quotes."""
    names = (_clean(match) for match in NAMES.finditer(text))
    return list(dict.fromkeys(filter(None, names)))


def _clean(match: re.Match[str]) -> str:
    quoted, plain = match.groups()
    return " ".join((quoted.replace('""', '"') if quoted is not None else plain).split())


def string_of_tags(tags: Iterable[Tag]) -> str:
    """The line that `parse_tags` reads as these tags."""
    return ", ".join(map(_quoted, sorted(tag.name for tag in tags)))


def _quoted(name: str) -> str:
    if "," in name or name.startswith('"'):
        return '"{}"'.format(name.replace('"', '""'))
    return name


def set_tags(post: Post, names: Iterable[str]) -> None:
    """Let the post carry the tags of these names, and no others; those that are new are made.

    Where an older site has several tags of one name, the one written just so is meant, or the oldest.
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
    post.tags.set(list(chosen))  # a list: taggit goes through it more than once


def _new_tag(name: str) -> Tag:
    """A tag of this name; the one that somebody else makes in the same moment, if so."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return Tag.objects.create(name=name)
        except IntegrityError:
            if made := Tag.objects.filter(folded=folded_name(name)).first():
                return made
    return Tag.objects.create(name=name)
