"""The template context of the conversation, on the post's page or fetched separately."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from blog.models import Post
from blog.shown import replies_to
from comments import cookies
from comments.exceptions import CannotReply
from comments.models import conversation_of
from comments.policy import check_may_reply
from comments.shown import account, thread_of
from comments.thread.making import Reader, below_post, permalinks
from comments.thread.page import NoSuchPage, read_thread
from comments.thread.query import SORTS, Asked, NotAsked
from comments.thread.replies import Thread
from comments.visitor import Visitor, visitor_of
from web.shown import changes_at, shows

# The parts of a conversation that have an address below the post's.
PARTS = ("reply", "post_feed", "thread", "count", "mark_read", "lead")


class Sort(NamedTuple):
    """A link above a thread that chooses the order of its replies."""

    label: str | Promise
    url: str
    is_current: bool


def beside_post(request: HttpRequest, post: Post) -> dict[str, Any]:
    """The context for the post's page (`blog.beside`); None if the post never had an address."""
    return {"conversation": conversation(request, post) if post.address else None}


def conversation(request: HttpRequest, post: Post) -> dict[str, Any]:
    """The context of `comments/_thread.html`. Raises Http404 for a page that the thread lacks."""
    visitor = visitor_of(request)
    refusal = _refusal(post, visitor)
    reader = Reader(
        visitor,
        leads=visitor.may_lead(post),
        may_reply=refusal is None,
        read_until=cookies.read_until(request).get(post.pk),
    )
    thread = _asked_page(request, post, reader)
    led = conversation_of(post)
    shows(request, thread_of(post.pk), replies_to(post.pk), *map(account, thread.accounts))
    changes_at(request, None if led.is_over else led.ends_at)
    return {
        "post": post,
        "thread": thread,
        "leads": reader.leads,
        "read_until": reader.read_until,
        "permalinks": permalinks(),
        "refusal": refusal,
        "is_live": post.is_live,
        "is_closed": led.is_closed,
        "is_paused": led.is_paused,
        "sorts": list(_sorts(post, thread.asked)) if post.comment_count > 1 else [],
        **_addresses(post),
    }


def _asked_page(request: HttpRequest, post: Post, reader: Reader) -> Thread:
    try:
        return read_thread(post, reader=reader, asked=Asked.by(request.GET))
    except (NotAsked, NoSuchPage):
        raise Http404 from None


def _refusal(post: Post, visitor: Visitor) -> CannotReply | None:
    try:
        check_may_reply(post, visitor)
    except CannotReply as reason:
        return reason
    return None


def _sorts(post: Post, asked: Asked) -> Iterator[Sort]:
    for sort, label in SORTS.items():
        url = f"{post.get_absolute_url()}{Asked(sort).query()}#replies"
        yield Sort(label, url, is_current=sort == asked.sort)


def _addresses(post: Post) -> dict[str, str]:
    """The addresses of the conversation's buttons and links, by their names in the template."""
    url = post.get_absolute_url()
    return {f"{name}_url": SafeString(url + below_post(name)) for name in PARTS} | {
        "thank_url": reverse("comments:thank")
    }
