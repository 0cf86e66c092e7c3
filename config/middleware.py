"""What is refused before any view sees it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

from accounts.views import profile
from config.errors import bad_request
from images.views import upload

PIECE = 64 * 1024


class RefuseNulBytes:
    """Answers 400 to an address with a NUL byte in it: no page has one, and PostgreSQL cannot even look."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest("NUL byte in the address"))
        return self.get_response(request)


class OnePolicy:
    """Sends the content security policy of the settings, built once: no view has one of its own.

    As in `csp.middleware`, the pages by which Django explains a fault to developers have none.
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
    """Answers 304 to HEAD as well (RFC 9110, section 13.2.2), which Django's answers to GET alone."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method == "HEAD":
            request = copy(request)
            request.method = "GET"
        return super().process_response(request, response)


class LimitForms:
    """Answers 413 (RFC 9110) to a body of more than `PARLEY_FORM_BYTES` that holds no picture.

    Django's check of the token parses it, which is what costs. Who is signed in sends a portrait too, and the
    staff pictures and posts, up to `DATA_UPLOAD_MAX_MEMORY_SIZE`. A body whose length is not told (in chunks)
    is no body to Django.
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
    """As Django reads it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _discard(request: HttpRequest) -> None:
    """Or a browser that is still sending would tell of a broken connection, and not show the page."""
    if _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        while request.read(PIECE):
            pass


def _may_send_more(request: HttpRequest, view: Callable[..., Any]) -> bool:
    if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE or not request.user.is_authenticated:
        return False
    has_file = view is profile and request.content_type == "multipart/form-data"
    return request.user.is_staff or (has_file and not _has_much_text(request))


def _has_much_text(request: HttpRequest) -> bool:
    """Whether a file is not what is heavy about a form."""
    texts = (text for _, values in request.POST.lists() for text in values)
    return not request.FILES or sum(map(len, texts)) > settings.PARLEY_FORM_BYTES
