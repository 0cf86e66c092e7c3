"""What every template may know about the site."""

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
    """Scheme and host; "" on the page that refuses a host which is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
