"""When readers last saw a change: feeds and sitemaps answer conditional requests (304) by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from blog.models import NotedChange, Post

POSTS, REPLIES = NotedChange.Scope.POSTS, NotedChange.Scope.REPLIES


def note_change(scope: NotedChange.Scope) -> None:
    """Record that what feeds show of `scope` changed now, where no remaining row shows it."""
    NotedChange.objects.create(scope=scope, at=timezone.now())


def forget_changes() -> None:
    """Delete all recorded changes but the latest of each scope: the others are never read."""
    for scope in NotedChange.Scope:
        latest_of_it = NotedChange.objects.filter(scope=scope).order_by("-at").first()
        if latest_of_it:
            NotedChange.objects.filter(scope=scope, at__lt=latest_of_it.at).delete()


def noted(scope: NotedChange.Scope) -> QuerySet[Any]:
    """Return the time of the last recorded change as a query of one column and at most one row."""
    return NotedChange.objects.filter(scope=scope).order_by("-at").values("at")[:1]


def last_change(*scopes: NotedChange.Scope) -> datetime | None:
    """Return when readers last saw a post change, or a recorded change of posts or of `scopes`.

    The time never goes back. It takes one query if there are posts. None if nothing ever happened.
    """
    newest = Post.objects.live().order_by("-published_at").values("published_at")[:1]
    moments = [Subquery(newest), *(Subquery(noted(scope)) for scope in (POSTS, *scopes))]
    rows = Post.objects.order_by("-touched_at").values_list("touched_at", *moments)
    alone = NotedChange.objects.order_by("-at").values_list("at")
    return latest(*(rows.first() or alone.first() or ()))


def latest(*moments: datetime | None) -> datetime | None:
    """Return the latest of the moments that are not None; None if all are."""
    return max(filter(None, moments), default=None)
