"""How often a password may be tried: seldom for who guesses, and never too seldom for whose account it is.

Wrong passwords for an account are counted by network address, so that nobody locks others out by being
wrong in their name. Those from everywhere are counted too, for who guesses from many addresses; a browser
in which the account was signed in before has a count of its own instead of both (OWASP, "Slow Down Online
Guessing Attacks with Device Cookies"). The figures are in `ACCOUNT_RATE_LIMITS`.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from accounts.addresses import client_address
from accounts.models import User

FROM_ONE_PLACE, FROM_EVERYWHERE, BY_KNOWN_BROWSER = (
    "login_failed",
    "login_failed_all",
    "login_known",
)
KNOWN_BROWSER = "known_browser"
MAX_AGE = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 5


def count_attempt(request: HttpRequest, *names: str) -> ratelimit.RateLimitUsage | None:
    """Count an attempt to sign in by a name or address; None if it is one too many.

    What is returned can be rolled back, as is done when the password was right.
    """
    used = []
    for action, key in _counts(request, names):
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        if usage is None:
            return None
        used += usage.usage
    return ratelimit.RateLimitUsage(used)


def forget_attempts(request: HttpRequest, *names: str) -> None:
    """Somebody proved otherwise whose account it is."""
    for action, key in _counts(request, names):
        ratelimit.clear(request, app="allauth.account", action=action, key=key)


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let this browser be known by the account that has just signed in there, and by the few before it."""
    browser, accounts = _known(request)
    others = [pk for pk in accounts if pk != user.pk]
    kept = [browser or get_random_string(22), *map(str, [*others, user.pk][-MOST_ACCOUNTS:])]
    response.set_signed_cookie(
        KNOWN_BROWSER,
        ".".join(kept),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _counts(request: HttpRequest, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of which limits this attempt is one, and by what key."""
    browser, accounts = _known(request)
    if accounts and _is_one_of(accounts, names):
        return [(BY_KNOWN_BROWSER, browser)]
    name = "|".join(names).lower()
    return [(FROM_ONE_PLACE, f"{client_address(request)}|{name}"), (FROM_EVERYWHERE, name)]


def _known(request: HttpRequest) -> tuple[str, list[int]]:
    """The browser's random id, and the accounts that were signed in there."""
    if KNOWN_BROWSER not in request.COOKIES:
        return "", []
    value = request.get_signed_cookie(KNOWN_BROWSER, default="", max_age=MAX_AGE) or ""
    browser, *accounts = value.split(".")
    return browser, [int(pk) for pk in accounts]


def _is_one_of(accounts: list[int], names: tuple[str, ...]) -> bool:
    by_name = Q()
    for name in names:
        by_name |= Q(username__iexact=name) | Q(emailaddress__email__iexact=name)
    return User.objects.filter(by_name, pk__in=accounts).exists()
