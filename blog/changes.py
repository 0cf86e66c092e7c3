"""When what readers see last changed: what feeds and sitemaps answer 304 by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from blog.models import NotedChange, Post

POSTS, REPLIES = NotedChange.Scope.POSTS, NotedChange.Scope.REPLIES


def note_change(scope: NotedChange.Scope) -> None:
    """Note that what feeds show of these changed just now, though no row that stays tells so."""
    NotedChange.objects.create(scope=scope, at=timezone.now())


def forget_changes() -> None:
    """Of each scope all but the latest, which alone counts."""
    for scope in NotedChange.Scope:
        latest_of_it = NotedChange.objects.filter(scope=scope).order_by("-at").first()
        if latest_of_it:
            NotedChange.objects.filter(scope=scope, at__lt=latest_of_it.at).delete()


def noted(scope: NotedChange.Scope) -> QuerySet[Any]:
    """The moment of the last noted change: one row of one column, or none."""
    return NotedChange.objects.filter(scope=scope).order_by("-at").values("at")[:1]


def last_change(*scopes: NotedChange.Scope) -> datetime | None:
    """When readers last saw any post change, or anything noted of these `scopes`.

    It never goes back, and takes one query if there are posts. None on a site that nothing ever happened on.
    """
    newest = Post.objects.live().order_by("-published_at").values("published_at")[:1]
    moments = [Subquery(newest), *(Subquery(noted(scope)) for scope in (POSTS, *scopes))]
    rows = Post.objects.order_by("-touched_at").values_list("touched_at", *moments)
    alone = NotedChange.objects.order_by("-at").values_list("at")
    return latest(*(rows.first() or alone.first() or ()))


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of those that are known."""
    return max(filter(None, moments), default=None)
