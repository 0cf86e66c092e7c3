"""Reads one page of a thread.

A post may have a hundred thousand replies, and a page shows a hundred. So one query reads the shown
columns as tuples, and a second one counts only if there is more than one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from blog.models import Post
from comments.models import Comment, Thanks
from comments.models.querysets import CommentQuerySet
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
    visitor = reader.visitor
    folds = folds_in(post, asked)
    in_order = visitor.replies_under(post)
    shown = shown_in(post, in_order=in_order, asked=asked, folds=folds)
    # An index alone chooses the replies; only of these are other columns read.
    chosen = chosen_for_page(shown, post=post, asked=asked)
    found = Comment.objects.filter(pk__in=chosen).order_by(*order_of(asked))
    rows = [Row(*row) for row in _columns(found, visitor)]
    start = (asked.number - 1) * PER_PAGE
    if not rows and start:
        raise NoSuchPage
    count = start + len(rows)
    if len(rows) > PER_PAGE:
        count = number_of(in_order, post=post, asked=asked, folds=folds)
    maker = Maker(post, _unfolded(rows, folds)[:PER_PAGE], reader, asked)
    pinned = None if asked.is_flat or start else maker.pinned_among(rows)
    last = max(1, -(-count // PER_PAGE))
    return Thread(maker.url, maker.replies(), pinned, asked, last)


def _unfolded(rows: list[Row], folds: list[Fold]) -> list[Row]:
    """Return the rows without a pinned reply that stands in a folded branch."""
    return [row for row in rows if not is_hidden(row.path, folds)]


def _columns(found: CommentQuerySet, visitor: Visitor) -> Iterable[tuple[Any, ...]]:
    if not visitor.key:
        return found.values_list(*COLUMNS)
    theirs = Thanks.objects.filter(comment=OuterRef("pk"), reader=visitor.key)
    return found.values_list(*COLUMNS, Exists(theirs))


def page_of(comment: Comment, *, visitor: Visitor) -> int:
    """Return the number of the page on which this visitor finds a reply, by one query."""
    return visitor.replies_under(comment.post).filter(path__lt=comment.path).count() // PER_PAGE + 1
