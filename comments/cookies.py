"""The signed cookies of a guest's browser: the replies it sent and, if asked for, who its user is.

None of them is set before somebody replies, thanks, reports or marks a conversation as read. So a
browser that only reads carries none and gets the same bytes as any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

OWN_REPLIES = "own_replies"
REPLIER = "replier"
BROWSER = "browser"
READ_UNTIL = "read_until"
MAX_AGE = int(timedelta(days=365).total_seconds())
MOST_REMEMBERED = 50
MOST_CONVERSATIONS = 50
REMEMBERED_FIELDS = ("name", "email", "website")


def own_replies(request: HttpRequest) -> list[int]:
    """The ids of the replies that this browser sent, oldest first; none if the cookie was tampered with."""
    return [int(part) for part in _read(request, OWN_REPLIES).split(".") if part]


def keep_own_replies(response: HttpResponse, ids: Sequence[int]) -> None:
    """Let the browser see its held replies, and know it later; the first ids go if there are many."""
    _write(response, OWN_REPLIES, ".".join(map(str, ids[-MOST_REMEMBERED:])))


def replier(request: HttpRequest) -> dict[str, str]:
    """Return name, e-mail address and website, if the guest asked this device to remember them."""
    return json.loads(_read(request, REPLIER) or "{}")


def keep_replier(request: HttpRequest, response: HttpResponse, typed: dict[str, Any]) -> None:
    """Store name and addresses if the guest ticked that box; delete them if not."""
    if typed["remember"]:
        _write(response, REPLIER, json.dumps({name: typed[name] for name in REMEMBERED_FIELDS}))
    elif REPLIER in request.COOKIES:
        response.delete_cookie(REPLIER, samesite="Lax")


def browser(request: HttpRequest) -> str:
    """The random id by which this browser's thanks and reports are known; "" if it has none."""
    return _read(request, BROWSER)


def keep_browser(response: HttpResponse, browser: str) -> None:
    _write(response, BROWSER, browser)


def read_until(request: HttpRequest) -> dict[int, datetime]:
    """Return the moment up to which each marked conversation was read, by the id of the post."""
    pairs = [part.split("-") for part in _read(request, READ_UNTIL).split(".") if part]
    return {int(post): datetime.fromtimestamp(int(ms) / 1000, UTC) for post, ms in pairs}


def mark_read(request: HttpRequest, response: HttpResponse, *, post_id: int, at: datetime) -> None:
    """Store the moment up to which a conversation was read; an earlier one changes nothing."""
    known = read_until(request)
    latest = max(at, known.pop(post_id, at))
    kept = [*known.items(), (post_id, latest)][-MOST_CONVERSATIONS:]
    parts = (f"{post}-{round(moment.timestamp() * 1000)}" for post, moment in kept)
    _write(response, READ_UNTIL, ".".join(parts))


def _read(request: HttpRequest, name: str) -> str:
    if name not in request.COOKIES:
        return ""
    return request.get_signed_cookie(name, default="", max_age=MAX_AGE) or ""


def _write(response: HttpResponse, name: str, value: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
