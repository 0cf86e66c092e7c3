"""Who asks, as far as the request proves it: by session, by the browser's cookie, by a mailed link."""

from __future__ import annotations

from django.http import HttpRequest

from comments import cookies
from comments.rights import Writer
from comments.tokens import MINE, BadToken

# The query parameter that carries the token of a mailed link from page to page.
KEY = "key"


def writer_of(request: HttpRequest) -> Writer:
    """A token that is forged or too old proves nothing, and is no error: the page says what is missing."""
    return Writer(
        request.user, cookies.own_replies(request), proven_email(request.GET.get(KEY, ""))
    )


def proven_email(token: str) -> str:
    try:
        return str(MINE.read(token)) if token else ""
    except BadToken:
        return ""
