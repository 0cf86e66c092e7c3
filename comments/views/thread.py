"""The thread on an open page: the thread alone, its number of replies, and the read mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from blog.models import Post
from blog.shortcuts import live_post, post_or_404
from blog.shown import name_of, replies_to
from comments import cookies
from comments.forms import MarkReadForm
from comments.thread.context import conversation
from comments.views.base import back_to
from web.same_site import from_this_site
from web.shown import same_for_all, shows


@same_for_all("sort", "thread", "fold")
@require_safe
def thread(request: HttpRequest, address: str) -> HttpResponse:
    """Answer with the conversation without the article around it, for a page that is open."""
    post = live_post(address)
    context = conversation(request, post)
    shows(request, name_of(post))
    response = render(request, "comments/_thread.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@same_for_all()
@require_safe
def count(request: HttpRequest, address: str) -> HttpResponse:
    """Answer with the number of replies as JSON; pages that are open ask for it again and again."""
    posts = Post.objects.live().with_conversation()
    post = post_or_404(posts.only("conversation__reply_count"), address)
    shows(request, name_of(post), replies_to(post.pk))
    return JsonResponse({"count": post.comment_count})


@from_this_site
@require_POST
def mark_read(request: HttpRequest, address: str) -> HttpResponse:
    """Mark replies that appear after `until` (milliseconds) as new; 303 to the thread."""
    form = MarkReadForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    post = live_post(address)
    response = back_to(request, post, place="replies")
    # The whole millisecond, since the database stores moments more exactly than the page.
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=form.cleaned_data["until"] + 1)
    cookies.mark_read(request, response, post_id=post.pk, at=at)
    return response
