"""When what readers see last changed: what feeds and sitemaps answer 304 by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from blog.models import LastChange, Post

POSTS, REPLIES = LastChange.Scope.POSTS, LastChange.Scope.REPLIES


def note_change(scope: LastChange.Scope) -> None:
    """Note that what feeds show of these changed just now, though no row that stays tells so."""
    LastChange.objects.update_or_create(scope=scope, defaults={"at": timezone.now()})


def noted(scope: LastChange.Scope) -> QuerySet[Any]:
    """The moment of the last noted change: one row of one column, or none."""
    return LastChange.objects.filter(scope=scope).values("at")[:1]


def last_change(*scopes: LastChange.Scope) -> datetime | None:
    """When readers last saw any post change, or anything noted of these `scopes`.

    It never goes back, and takes one query if there are posts. None on a site that nothing ever happened on.
    """
    newest = Post.objects.live().order_by("-published_at").values("published_at")[:1]
    moments = [Subquery(newest), *(Subquery(noted(scope)) for scope in (POSTS, *scopes))]
    rows = Post.objects.order_by("-touched_at").values_list("touched_at", *moments)
    alone = LastChange.objects.order_by("-at").values_list("at")
    return latest(*(rows.first() or alone.first() or ()))


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of those that are known."""
    return max(filter(None, moments), default=None)
