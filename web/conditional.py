"""Conditional requests: a cheap 304 for clients that have the page already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

# A date in HTTP has whole seconds, and a change is dated a little before its transaction ends. A
# change younger than this (seconds) may not be the last of its date (RFC 9110, 8.8.2.2).
UNSETTLED = 2.0


def conditional(
    request: HttpRequest,
    *,
    state: object,
    changed: datetime | None,
    render: Callable[[], HttpResponse],
    language: str = "",
) -> HttpResponse:
    """Answer 304 to a client that has this state; call `render` only for others (RFC 9110, 13).

    `state` must differ whenever the answer would, and have a `repr` that says so. `changed`, if
    known, must never go back while answers differ. Caches may keep the answer but must ask. The
    answer is in `language`, or else in the reader's.

    Last-Modified is at least two seconds old. While `changed` is younger, a client that asks by
    date alone gets the whole answer: two changes within one second are never taken for one.
    """
    etag = quote_etag(blake2b(repr(state).encode(), digest_size=12).hexdigest())
    settled = timezone.now().timestamp() - UNSETTLED
    seconds = int(min(changed.timestamp(), settled)) if changed else None
    if changed and changed.timestamp() > settled:
        # From the request, since `ConditionalGetMiddleware` compares the dates again.
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    known = get_conditional_response(request, etag=etag, last_modified=seconds)
    response = render() if known is None else known
    response["ETag"] = etag
    if language:
        response["Content-Language"] = language
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    patch_cache_control(response, public=True, no_cache=True)
    return response
