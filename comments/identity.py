"""Who reads: as whom thanks and reports are counted, and what else a page shows this reader alone."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import client_address
from accounts.models import User
from blog.models import Post
from comments import cookies
from comments.limits import hash_address
from comments.models import READER_LENGTH
from comments.policy import may_lead
from comments.thread import Reader

AT_ONCE = 10


def reader_of(request: HttpRequest, post: Post) -> Reader:
    """For whom the conversation under a post is shown."""
    return Reader(
        request.user,
        cookies.own_replies(request),
        key=reader_key(request.user, cookies.browser(request)),
        read_until=cookies.read_until(request).get(post.pk),
        leads=may_lead(post, request.user),
    )


def reader_key(user: object, browser: str) -> str:
    """A keyed hash of the account, or else of the browser's random id; "" for who has neither."""
    if isinstance(user, User):
        return _keyed(f"account {user.pk}")
    return _keyed(f"browser {browser}") if browser else ""


def browser_of(request: HttpRequest, *, about: int) -> str:
    """The browser's id; the one to give it if it has none yet.

    A button pressed twice sends two requests before the first is answered. Both get the same id,
    by what they tell of themselves and the reply that they are about, which is kept hashed.
    """
    if known := cookies.browser(request):
        return known
    place = f"{client_address(request)} {request.headers.get('User-Agent')} {about}"
    name = f"browser:{hash_address(place, now=timezone.now())}"
    fresh = secrets.token_urlsafe(16)
    return fresh if cache.add(name, fresh, AT_ONCE) else cache.get(name, fresh)


def remember(request: HttpRequest, response: HttpResponse, browser: str) -> None:
    """Let a browser without an account be known again."""
    if not request.user.is_authenticated and browser != cookies.browser(request):
        cookies.keep_browser(response, browser)


def _keyed(words: str) -> str:
    digest = salted_hmac("comments.identity", words, algorithm="sha256").hexdigest()
    return digest[:READER_LENGTH]
