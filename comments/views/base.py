"""Shared by the views: redirects back to the thread, and links that came by mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from blog.models import Post
from comments.mail_links import BadToken, OldToken
from comments.thread.query import Asked, NotAsked

View = Callable[..., HttpResponseBase]


def by_mailed_link(view: View) -> View:
    """Wrap a view: answer 410, with the way to a new link, to an old token; 404 to a forged one."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OldToken:
            return render(request, "comments/link_too_old.html", status=410)
        except BadToken:
            raise Http404 from None

    return checked


def back_to(request: HttpRequest, post: Post, *, place: str) -> HttpResponse:
    """Answer 303 to a place in the thread, on the page and in the order that the form names."""
    try:
        asked = Asked.by(QueryDict(request.POST.get("back", "").removeprefix("?")))
    except NotAsked:
        asked = Asked()
    return HttpResponseRedirect(f"{post.get_absolute_url()}{asked.query()}#{place}", status=303)
