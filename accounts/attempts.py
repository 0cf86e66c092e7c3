"""How often a password may be tried: seldom for who guesses, and never too seldom for whose account it is.

Wrong passwords for an account are counted by network address, and by the wider network of an IPv6
address, so that nobody locks others out by being wrong in their name. Those from everywhere are counted
too, for a botnet: it is slowed down by a short window, and with it who signs in from a network where the
account never was. A browser in which it was signed in before has a count of its own instead of all these
(OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The figures are in `ACCOUNT_RATE_LIMITS`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from accounts.models import User
from web.client_address import client_address, wider_network

FROM_ONE_PLACE, FROM_ONE_NETWORK, FROM_EVERYWHERE, BY_KNOWN_BROWSER = (
    "login_failed",
    "login_failed_network",
    "login_failed_all",
    "login_known",
)
KNOWN_BROWSER = "known_browser"
MAX_AGE = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 5


@dataclass(frozen=True)
class Attempt:
    """One that was counted, by which keys of the cache, and when."""

    limits: dict[str, ratelimit.Rate]
    at: float

    def rollback(self) -> None:
        """Count it no more: the password was right, or nobody looked whether it was."""
        if not self.limits:
            return
        with ratelimit.cache_lock(_lock_of(self.limits)) as is_ours:
            counted = cache.get_many(self.limits) if is_ours else {}
            for moments in counted.values():
                if self.at in moments:
                    moments.remove(self.at)
            _keep(counted, self.limits)


def count_attempt(request: HttpRequest, *names: str) -> Attempt | None:
    """Count an attempt to sign in by a name or address; None if it is one too many, which counts nowhere.

    However many limits there are, that asks the cache four times: a lock, what was counted, what is
    counted now, and the lock's end.
    """
    limits = _limits(request, names)
    if not limits:
        return Attempt({}, at=0.0)
    with ratelimit.cache_lock(_lock_of(limits)) as is_ours:
        if not is_ours:
            return None
        counted, now = cache.get_many(limits), time.time()
        for key, rate in limits.items():
            is_allowed, counted[key] = ratelimit.apply_rate(counted.get(key, []), now, rate)
            if not is_allowed:
                return None
        _keep(counted, limits)
    return Attempt(limits, now)


def forget_attempts(request: HttpRequest, *names: str) -> None:
    """Somebody proved otherwise whose account it is."""
    cache.delete_many(_limits(request, names))


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


def _limits(request: HttpRequest, names: tuple[str, ...]) -> dict[str, ratelimit.Rate]:
    """Of which limits this attempt is one, by their keys in the cache; the widest is the last."""
    app = "allauth.account"
    return {
        ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key): rate
        for action, key in _counts(request, names)
        for rate in ratelimit.get_rates(app=app, action=action)
    }


def _lock_of(limits: dict[str, ratelimit.Rate]) -> str:
    """That of the account, or of the browser: guesses at the same time are counted one after another."""
    return list(limits)[-1]


def _keep(counted: dict[str, list[float]], limits: dict[str, ratelimit.Rate]) -> None:
    cache.set_many(counted, max(rate.duration for rate in limits.values()))


def _counts(request: HttpRequest, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of which kinds of limits this attempt is one, and by what key."""
    browser, accounts = _known(request)
    if accounts and _is_one_of(accounts, names):
        return [(BY_KNOWN_BROWSER, browser)]
    name, address = "|".join(names).lower(), client_address(request)
    network = wider_network(address)
    by_network = [(FROM_ONE_NETWORK, f"{network}|{name}")] if network else []
    return [(FROM_ONE_PLACE, f"{address}|{name}"), *by_network, (FROM_EVERYWHERE, name)]


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
