"""Middleware that answers in the reader's language and in the site's time zone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation

from site_settings.languages import language_for
from site_settings.reading import zone


class Languages(LocaleMiddleware):
    """Django's, which offers all languages of `settings.LANGUAGES`, with those that the owner offers."""

    def process_request(self, request: HttpRequest) -> None:
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        translation.activate(language_for(accepted, chosen=chosen))
        request.LANGUAGE_CODE = translation.get_language()


class SiteZone:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(zone()):
            return self.get_response(request)
