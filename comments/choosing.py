"""Which replies a page of a thread shows: ids alone, which an index tells however long the thread is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from blog.models import Post
from comments.asking import ANSWERED, NEWEST, Asked
from comments.models import Comment
from comments.paths import AFTER_ANY_SEGMENT
from comments.querysets import CommentQuerySet

PER_PAGE = 100
ORDERS = {NEWEST: ("-submitted_at", "-pk"), ANSWERED: ("-descendant_count", "-pk")}
READING_ORDER = ("path",)


def order_of(asked: Asked) -> tuple[str, ...]:
    return ORDERS.get(asked.sort, READING_ORDER)


def folded_paths(post: Post, asked: Asked) -> list[str]:
    """Where the branches stand that the reader folded away; no query if there is none."""
    if not asked.folded:
        return []
    folded = Comment.objects.filter(post=post, pk__in=asked.folded)
    return list(folded.order_by().values_list("path", flat=True))


def shown_in(
    post: Post, *, in_order: CommentQuerySet, asked: Asked, folded: Sequence[str]
) -> CommentQuerySet:
    """What all pages together show: the approved ones in a flat list, else `in_order` but for folds."""
    if asked.is_flat:
        return Comment.objects.approved().filter(post=post).order_by(*order_of(asked))
    inside = Q()
    for path in folded:
        inside |= Q(path__gt=path, path__lte=path + AFTER_ANY_SEGMENT)
    return in_order.exclude(inside) if inside else in_order


def chosen_for_page(shown: CommentQuerySet, *, post: Post, asked: Asked) -> QuerySet[Any, Any]:
    """The ids of one page and of the first reply after it; before the first page, of the pinned one."""
    start = (asked.number - 1) * PER_PAGE
    page = shown.values("pk")[start : start + PER_PAGE + 1]
    if asked.is_flat or asked.number > 1:
        return page
    pinned = Comment.objects.filter(post=post, is_pinned=True).order_by()
    return Comment.objects.filter(pk__in=page).order_by().values("pk").union(pinned.values("pk"))
