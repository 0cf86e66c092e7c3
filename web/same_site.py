"""Buttons on pages that are the same for everybody, and so can hold no token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def from_this_site(view: View) -> View:
    """In the place of a CSRF token: answers 403 to a form that another site's page sends.

    Every browser in use tells with a POST where it comes from, and a page cannot change what it
    tells: by Sec-Fetch-Site (Fetch Metadata), before that by Origin (RFC 6454). Text browsers send
    a Referer at most. A program that tells nothing has no reader behind it whose cookies it could
    abuse. A browser that tells nothing sends no cookie of ours with another site's form, since our
    cookies are SameSite=Lax. So this protects as well as a token does, and the page stays the same
    for everybody.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def _is_from_here(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return True
    scheme, host = _scheme_and_host(source)
    is_public_address = f"{scheme}://{host}" in settings.CSRF_TRUSTED_ORIGINS
    return is_public_address or host == request.get_host()


def _scheme_and_host(source: str) -> tuple[str, str]:
    try:
        return urlsplit(source)[:2]
    except ValueError:
        return "", ""
