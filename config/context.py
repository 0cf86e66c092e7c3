"""What every template may know about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {
        "site_name": settings.PARLEY_SITE_NAME,
        "site_url": f"{request.scheme}://{request.get_host()}",
        "site_language": settings.LANGUAGE_CODE,
    }
