"""The template variables that every page has."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from site_settings.reading import site


def context(request: HttpRequest) -> dict[str, object]:
    return {
        "site_settings": site,
        "site_name": site.name,
        "site_url": site_url(request),
        "site_language": site.default_language,
    }


def site_url(request: HttpRequest) -> str:
    """Return scheme and host; "" on the page that refuses an unknown host."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
