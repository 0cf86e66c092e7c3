"""Reads one page of a thread.

A post may have a hundred thousand replies, and a page shows a hundred. So one query reads the shown
columns as tuples, and a second one counts only if there is more than one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from blog.models import Post
from comments.models import Comment, Thanks, conversation_of
from comments.models.querysets import CommentQuerySet
from comments.thread.for_everyone import is_for_everyone, number_for_everyone, page_for_everyone
from comments.thread.making import Maker, Reader
from comments.thread.paging import (
    PER_PAGE,
    Fold,
    chosen_for_page,
    folds_in,
    is_hidden,
    number_of,
    order_of,
    shown_in,
)
from comments.thread.query import Asked
from comments.thread.replies import Thread
from comments.thread.rows import COLUMNS, Row
from comments.visitor import Visitor


class NoSuchPage(Exception):
    """The thread has no page of this number."""


def read_thread(post: Post, *, reader: Reader, asked: Asked) -> Thread:
    """Read one page of a post's thread. Raises NoSuchPage."""
    folds = folds_in(post, asked)
    is_first = asked.number == 1 and not asked.is_flat
    pinned_pk = conversation_of(post).pinned_id if is_first else None
    rows = _rows(post, reader.visitor, asked, folds, pinned_pk)
    start = (asked.number - 1) * PER_PAGE
    if not rows and start:
        raise NoSuchPage
    count = start + len(rows)
    if len(rows) > PER_PAGE:
        count = _number(post, reader.visitor, asked, folds)
    maker = Maker(post, _unfolded(rows, folds)[:PER_PAGE], reader, asked)
    last = max(1, -(-count // PER_PAGE))
    pinned = maker.pinned_among(rows) if pinned_pk else []
    writers = (pk for row in rows for pk in (row.user_pk, row.parent_user_pk))
    accounts = frozenset(pk for pk in writers if pk)
    return Thread(maker.url, maker.replies(), pinned, asked, last, accounts)


def _rows(
    post: Post, visitor: Visitor, asked: Asked, folds: list[Fold], pinned_pk: int | None
) -> list[Row]:
    if is_for_everyone(visitor, asked):
        return [Row(*row) for row in page_for_everyone(post, asked.number, pinned_pk)]
    shown = shown_in(post, in_order=visitor.replies_under(post), asked=asked, folds=folds)
    # An index alone chooses the replies; only of these are other columns read.
    chosen = chosen_for_page(shown, asked.number, pinned_pk)
    found = Comment.objects.filter(pk__in=chosen).order_by(*order_of(asked))
    return [Row(*row) for row in _columns(found, visitor)]


def _number(post: Post, visitor: Visitor, asked: Asked, folds: list[Fold]) -> int:
    if is_for_everyone(visitor, asked):
        return number_for_everyone(post)
    return number_of(visitor.replies_under(post), post=post, asked=asked, folds=folds)


def _unfolded(rows: list[Row], folds: list[Fold]) -> list[Row]:
    """Return the rows without a pinned reply that stands in a folded branch."""
    return [row for row in rows if not is_hidden(row.path, folds)] if folds else rows


def _columns(found: CommentQuerySet, visitor: Visitor) -> Iterable[tuple[Any, ...]]:
    if not visitor.key:
        return found.values_list(*COLUMNS)
    theirs = Thanks.objects.filter(comment=OuterRef("pk"), reader=visitor.key)
    return found.values_list(*COLUMNS, Exists(theirs))


def page_of(comment: Comment, *, visitor: Visitor) -> int:
    """Return the number of the page on which this visitor finds a reply, by one query."""
    return visitor.replies_under(comment.post).filter(path__lt=comment.path).count() // PER_PAGE + 1
