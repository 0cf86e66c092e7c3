"""The thread as most readers see it: in reading order, nothing folded, no reply of their own.

Its queries are built once in a process (`web.prepared`); those for anybody else are built anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import BigAutoField, Count

from blog.models import Post
from comments.models import Comment
from comments.thread.paging import READING_ORDER, chosen_for_page, not_approved
from comments.thread.query import Asked
from comments.thread.rows import COLUMNS
from comments.visitor import Visitor
from web.prepared import Given, Prepared

KEY = BigAutoField()
_in_order = Comment.objects.in_thread(Given("post", KEY), user=None)
_counted = not_approved(_in_order).values("post").annotate(Count("pk")).values_list("pk__count")
NOT_APPROVED = Prepared(_counted)


def is_for_everyone(visitor: Visitor, asked: Asked) -> bool:
    return not (visitor.key or visitor.own_replies or asked.is_flat or asked.folded)


def page_for_everyone(post: Post, number: int, pinned: int | None) -> list[tuple[Any, ...]]:
    """Return the columns of one page, as `comments.thread.page.read_thread` does for others."""
    return _page(number, pinned is not None).all(post=post.pk, pinned=pinned)


def number_for_everyone(post: Post) -> int:
    """Return how many replies all pages show together."""
    (others,) = NOT_APPROVED.first(post=post.pk) or (0,)
    return post.comment_count + others


@lru_cache(maxsize=100)
def _page(number: int, has_pinned: bool) -> Prepared[tuple[Any, ...]]:
    chosen = chosen_for_page(_in_order, number, Given("pinned", KEY) if has_pinned else None)
    found = Comment.objects.filter(pk__in=chosen).order_by(*READING_ORDER)
    return Prepared(found.values_list(*COLUMNS))
