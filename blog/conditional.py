"""Answers that cost next to nothing for those who have the page already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag


def conditional(
    request: HttpRequest,
    *,
    state: object,
    changed: datetime | None,
    render: Callable[[], HttpResponse],
) -> HttpResponse:
    """Answer 304 to who has this state already; only for others call `render` (RFC 9110, 13).

    `state` must differ whenever the answer would, and have a `repr` that says so. `changed`, if
    known, must never go back while answers differ. Caches may keep the answer but must ask.
    """
    etag = quote_etag(blake2b(repr(state).encode(), digest_size=12).hexdigest())
    seconds = int(changed.timestamp()) if changed else None
    known = get_conditional_response(request, etag=etag, last_modified=seconds)
    response = render() if known is None else known
    response["ETag"] = etag
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    patch_cache_control(response, public=True, no_cache=True)
    return response
