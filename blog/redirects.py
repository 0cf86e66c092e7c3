"""Redirects from addresses where nothing is any more."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from blog.models import Post, Redirect, Status
from feeds import FORMATS

SUFFIXES = ("", *(kind.suffix for kind in FORMATS))


class RedirectMiddleware:
    """Looks for a redirect only when the answer would be 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        if request.path.startswith(
            (settings.MEDIA_URL, settings.STATIC_URL)
        ):  # no files have redirects
            return response
        return moved(request) or response


def moved(request: HttpRequest) -> HttpResponse | None:
    """Return 301 to the present address or its feed, 410 for a withdrawn post, or None."""
    suffixes = {
        request.path.removesuffix(suffix): suffix
        for suffix in SUFFIXES
        if request.path.endswith(f"/{suffix}")
    }
    found = Redirect.objects.filter(path__in=suffixes).with_targets()
    for redirect in sorted(found, key=lambda one: len(one.path), reverse=True):
        return _answer(request, redirect, suffixes[redirect.path])
    return None


def _answer(request: HttpRequest, redirect: Redirect, suffix: str) -> HttpResponse | None:
    """Return the redirect, 410 or None; the address of a post that is not live stays secret."""
    target = redirect.target
    if isinstance(target, Post) and (suffix or not target.is_live):
        return gone(request) if target.status == Status.WITHDRAWN else None
    query = request.META["QUERY_STRING"]
    address = target.get_absolute_url() + suffix
    if unquote(address) == request.path:
        return None
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=410)
