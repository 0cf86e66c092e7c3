"""Slugs for things that have none yet."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from markup import slug_of

# For a hyphen and a number behind a slug that is taken.
ROOM = 10


def free_slug(name: str, *, among: QuerySet[Any], longest: int, otherwise: str) -> str:
    """A slug made of the name, and numbered from 2 on where it is taken among these.

    `otherwise` stands for a name without words, such as "🎉".
    """
    wanted = slug_of(name, longest=longest - ROOM) or otherwise
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
