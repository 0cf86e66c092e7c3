"""The template variables that every page has."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {
        "site_name": settings.PARLEY_SITE_NAME,
        "site_url": site_url(request),
        "site_language": settings.LANGUAGE_CODE,
    }


def site_url(request: HttpRequest) -> str:
    """Return scheme and host; "" on the page that refuses an unknown host."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
