"""Chooses the ids of a page's replies, by an index however long the thread is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from blog.models import Post
from comments.models import Comment, Status
from comments.models.paths import AFTER_ANY_SEGMENT, DEEPEST, depth_of
from comments.models.querysets import CommentQuerySet
from comments.thread.query import ANSWERED, NEWEST, Asked
from web.prepared import Given

PER_PAGE = 100
ORDERS = {NEWEST: ("-submitted_at", "-pk"), ANSWERED: ("-descendant_count", "-pk")}
READING_ORDER = ("path",)
NOT_APPROVED = [status for status in Status if status != Status.APPROVED]
PATH = attrgetter("path")


def order_of(asked: Asked) -> tuple[str, ...]:
    return ORDERS.get(asked.sort, READING_ORDER)


class Fold(NamedTuple):
    """A branch that the reader folded: its path, and how many approved replies it hides."""

    path: str
    hides: int


def folds_in(post: Post, asked: Asked) -> list[Fold]:
    """The folded branches, each once and in reading order; runs no query if there are none."""
    if not asked.folded:
        return []
    # By ids alone: with the post in the condition, SQLite would read its whole thread.
    found = Comment.objects.filter(pk__in=asked.folded).order_by()
    rows = found.values_list("post_id", "path", "descendant_count")
    outermost: list[Fold] = []
    for fold in sorted(Fold(path, hides) for post_id, path, hides in rows if post_id == post.pk):
        is_inside = outermost and fold.path.startswith(outermost[-1].path)
        if not is_inside and depth_of(fold.path) < DEEPEST:
            outermost.append(fold)
    return outermost


def shown_in(
    post: Post, *, in_order: CommentQuerySet, asked: Asked, folds: Sequence[Fold]
) -> CommentQuerySet:
    """The replies of all pages: the approved ones in a flat list, else `in_order` without folds."""
    if asked.is_flat:
        return Comment.objects.approved().filter(post=post).order_by(*order_of(asked))
    return in_order.exclude(_inside(folds)) if folds else in_order


def _inside(folds: Sequence[Fold]) -> Q:
    """The condition for hidden replies, a binary search: each reply of a thread is tested by it."""
    middle = len(folds) // 2
    before, path, after = folds[:middle], folds[middle].path, folds[middle + 1 :]
    inside = Q(path__lte=path + AFTER_ANY_SEGMENT)
    if after:
        inside |= _inside(after)
    inside &= Q(path__gt=path)
    return inside | Q(path__lte=path) & _inside(before) if before else inside


def number_of(in_order: CommentQuerySet, *, post: Post, asked: Asked, folds: Sequence[Fold]) -> int:
    """Return how many replies all pages show together.

    The number of approved ones is stored with the conversation and the folded replies; only the
    others are counted.
    """
    if asked.is_flat:
        return post.comment_count
    others = not_approved(in_order)
    if not folds:
        return post.comment_count + others.count()
    paths = Comment.objects.filter(pk__in=others.values("pk")).order_by()
    unfolded = sum(not is_hidden(path, folds) for path in paths.values_list("path", flat=True))
    return post.comment_count - sum(fold.hides for fold in folds) + unfolded


def not_approved(in_order: CommentQuerySet) -> CommentQuerySet:
    return in_order.filter(status__in=NOT_APPROVED).order_by()


def is_hidden(path: str, folds: Sequence[Fold]) -> bool:
    """Whether a reply is in one of these branches, which are in reading order and separate."""
    place = bisect_left(folds, path, key=PATH) - 1
    return place >= 0 and path.startswith(folds[place].path)


def chosen_for_page(
    shown: CommentQuerySet, number: int, pinned: int | Given | None = None
) -> QuerySet[Any, Any]:
    """The ids of one page, of the reply after it and of the pinned one, if the page shows it."""
    start = (number - 1) * PER_PAGE
    page = shown.values("pk")[start : start + PER_PAGE + 1]
    if pinned is None:
        return page
    alone = Comment.objects.filter(pk=pinned).order_by()
    return Comment.objects.filter(pk__in=page).order_by().values("pk").union(alone.values("pk"))
