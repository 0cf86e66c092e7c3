"""The columns read of a reply."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Row(NamedTuple):
    """The columns of one reply and of the rows it joins."""

    pk: int
    parent_pk: int | None
    parent_name: str | None
    parent_status: str | None
    parent_user_pk: int | None
    path: str
    status: str
    held_because: str
    user_pk: int | None
    author_slug: str | None
    byline_portrait: str | None
    portrait: str | None
    name: str
    website: str
    avatar_seed: str
    language: str
    body_html: str
    submitted_at: datetime
    edited_at: datetime | None
    appeared_at: datetime | None
    descendant_count: int
    thanks_count: int
    is_thanked: bool = False


# In the order of Row.
COLUMNS = (
    "pk",
    "parent_id",
    "parent__name",
    "parent__status",
    "parent__user_id",
    "path",
    "status",
    "held_because",
    "user_id",
    "user__author__slug",
    "user__author__portrait",
    "user__portrait",
    "name",
    "website",
    "avatar_seed",
    "language",
    "body_html",
    "submitted_at",
    "edited_at",
    "appeared_at",
    "descendant_count",
    "thanks_count",
)
