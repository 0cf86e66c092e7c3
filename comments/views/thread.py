"""Reading along: the thread by itself, how many replies it has, and up to where one has read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from blog.models import Post
from blog.shortcuts import live_post, post_or_404
from comments import cookies
from comments.forms import MarkReadForm
from comments.thread.context import conversation
from comments.views.base import back_to
from web.same_site import from_this_site

FRESH_FOR = 10


@never_cache
@require_safe
def thread(request: HttpRequest, address: str) -> HttpResponse:
    """The conversation without the article around it, for a page that stands open."""
    context = conversation(request, live_post(address))
    response = render(request, "comments/_thread.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@cache_control(public=True, max_age=FRESH_FOR)
@require_safe
def count(request: HttpRequest, address: str) -> HttpResponse:
    """How many replies a post has, as JSON: asked again and again by pages that stand open."""
    posts = Post.objects.live().with_conversation()
    post = post_or_404(posts.only("conversation__reply_count"), address)
    return JsonResponse({"count": post.comment_count})


@from_this_site
@require_POST
def mark_read(request: HttpRequest, address: str) -> HttpResponse:
    """From now on what appears after `until` (in milliseconds) is marked as new; back to the thread (303)."""
    form = MarkReadForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    post = live_post(address)
    response = back_to(request, post, place="replies")
    # All of that millisecond, for the database knows moments more exactly than the page.
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=form.cleaned_data["until"] + 1)
    cookies.mark_read(request, response, post_id=post.pk, at=at)
    return response
