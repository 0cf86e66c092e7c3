"""Middleware that refuses or completes requests before any view."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.middleware.http import ConditionalGetMiddleware

from accounts.views import profile
from config.errors import bad_request
from images.views import upload

PIECE = 64 * 1024
CSRF_TOKEN = re.compile(f"[A-Za-z0-9]{{{CSRF_SECRET_LENGTH}}}|[A-Za-z0-9]{{{CSRF_TOKEN_LENGTH}}}")


class RefuseNulBytes:
    """Answers 400 to an address with a NUL byte: no page has one, and PostgreSQL cannot query it.

    It stands where the reader's language is known, and before anything looks at the address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest("NUL byte in the address"))
        return self.get_response(request)


class OnePolicy:
    """Sends the content security policy of the settings, built once: no view has its own.

    As in `csp.middleware`, Django's pages that explain an error to developers have no policy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, self.policy)
        return response


class AnswerConditions(ConditionalGetMiddleware):
    """Answers 304 to HEAD too (RFC 9110, section 13.2.2); Django's does so for GET only."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method == "HEAD":
            request = copy(request)
            request.method = "GET"
        return super().process_response(request, response)


class DropDamagedToken:
    """Takes a CSRF cookie that Django never wrote for none.

    Django sets another one at once, also with a page that has no form and is the same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        if token is not None and not CSRF_TOKEN.fullmatch(token):
            del request.COOKIES[settings.CSRF_COOKIE_NAME]
        return self.get_response(request)


class LimitForms:
    """Answers 413 (RFC 9110) to a body of more than `PARLEY_FORM_BYTES` that holds no picture.

    The costly step is the CSRF check, which parses the body. Signed-in users may also send a
    portrait, and staff may send pictures and posts, up to `DATA_UPLOAD_MAX_MEMORY_SIZE`. A body
    without a length (in chunks) is no body to Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_given: object
    ) -> HttpResponse | None:
        if (
            _length(request) <= settings.PARLEY_FORM_BYTES
            or view is upload
            or _may_send_more(request, view)
        ):
            return None
        _discard(request)
        return bad_request(request, RequestDataTooBig())


def _length(request: HttpRequest) -> int:
    """Return the length of the body in bytes, as Django reads it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _discard(request: HttpRequest) -> None:
    """Read the body and drop it: a browser that still sends would report a broken connection."""
    if _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        while request.read(PIECE):
            pass


def _may_send_more(request: HttpRequest, view: Callable[..., Any]) -> bool:
    if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE or not request.user.is_authenticated:
        return False
    has_file = view is profile and request.content_type == "multipart/form-data"
    return request.user.is_staff or (has_file and not _has_much_text(request))


def _has_much_text(request: HttpRequest) -> bool:
    """Return whether the form's texts, not its files, are too long."""
    texts = (text for _, values in request.POST.lists() for text in values)
    return not request.FILES or sum(map(len, texts)) > settings.PARLEY_FORM_BYTES
