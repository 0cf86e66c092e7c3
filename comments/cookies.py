"""What a guest's browser keeps for us, signed: which replies it sent and, if asked to, who its owner is.

Neither cookie is set before somebody replies, so readers carry none and get the same bytes.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comments.models import Comment

OWN_REPLIES = "own_replies"
REPLIER = "replier"
MAX_AGE = int(timedelta(days=365).total_seconds())
MOST_REMEMBERED = 50
REMEMBERED_FIELDS = ("name", "email", "website")


def own_replies(request: HttpRequest) -> list[int]:
    """The ids of the replies that this browser sent, oldest first; none if the cookie was tampered with."""
    return [int(part) for part in _read(request, OWN_REPLIES).split(".") if part]


def remember_reply(request: HttpRequest, response: HttpResponse, comment: Comment) -> None:
    """Let the browser that sent a reply see it while it waits, and be known by it later."""
    ids = [*own_replies(request), comment.pk][-MOST_REMEMBERED:]
    _write(response, OWN_REPLIES, ".".join(map(str, ids)))


def replier(request: HttpRequest) -> dict[str, str]:
    """Name, e-mail address and website as the guest asked this device to remember them."""
    return json.loads(_read(request, REPLIER) or "{}")


def keep_replier(request: HttpRequest, response: HttpResponse, typed: dict[str, Any]) -> None:
    """Remember who replied if they ticked that box, forget them if they did not."""
    if typed["remember"]:
        _write(response, REPLIER, json.dumps({name: typed[name] for name in REMEMBERED_FIELDS}))
    elif REPLIER in request.COOKIES:
        response.delete_cookie(REPLIER, samesite="Lax")


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
