"""How the conversation comes onto a post's page: `{% thread post %}`."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import Http404, HttpRequest
from django.template import Context
from django.urls import reverse

from blog.models import Post
from comments import cookies
from comments.policy import CannotReply, check_may_reply
from comments.thread import NoSuchPage, Reader, Thread, permalinks, read_thread

register = template.Library()
PAGE_NUMBER = re.compile("[1-9][0-9]{0,5}")


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def thread(context: Context, post: Post) -> dict[str, Any]:
    """One page of the conversation under a post, chosen by `?thread=`, and the way to join it.

    Raises Http404 for a page that the thread does not have.
    """
    request: HttpRequest = context["request"]
    refusal = None
    try:
        check_may_reply(post, request.user)
    except CannotReply as reason:
        refusal = reason
    return {
        "post": post,
        "thread": _asked_page(request, post),
        "permalinks": permalinks(),
        "refusal": refusal,
        "reply_url": post.address and reverse("comments:reply", args=[post.address]),
        "feed_url": post.address and reverse("comments:post_feed", args=[post.address]),
    }


def _asked_page(request: HttpRequest, post: Post) -> Thread:
    number = request.GET.get("thread", "1")
    if not PAGE_NUMBER.fullmatch(number):
        raise Http404
    reader = Reader(request.user, cookies.own_replies(request))
    try:
        return read_thread(post, reader=reader, number=int(number))
    except NoSuchPage:
        raise Http404 from None
