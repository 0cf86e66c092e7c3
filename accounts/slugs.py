"""Makes slugs for objects without one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from markup import slug_of

# Characters for a hyphen and a number after a slug that is taken.
ROOM = 10


def free_slug(name: str, *, among: QuerySet[Any], longest: int, otherwise: str) -> str:
    """Return a slug made of the name, numbered from 2 on if it is taken among these.

    `otherwise` is the slug of a name without words, such as "🎉".
    """
    wanted = slug_of(name, longest=longest - ROOM) or otherwise
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
