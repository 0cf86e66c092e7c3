"""Limits how often a password may be tried: strictly for guessers, loosely for the account's owner.

Wrong passwords for an account are counted by network address, and by the wider network of an IPv6
address, so that nobody can lock others out. Those from everywhere are counted too, against a
botnet: a short window slows it down, and also users who sign in from a network that is new to the
account. A browser in which the account was signed in before has its own count instead of all these
(OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The figures are in
`ACCOUNT_RATE_LIMITS`.
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
    """A counted attempt: its limits by cache key, and its time."""

    limits: dict[str, ratelimit.Rate]
    at: float

    def rollback(self) -> None:
        """Take the count back: the password was right, or an error prevented the check."""
        if not self.limits:
            return
        with ratelimit.cache_lock(_lock_of(self.limits)) as is_ours:
            counted = cache.get_many(self.limits) if is_ours else {}
            for moments in counted.values():
                if self.at in moments:
                    moments.remove(self.at)
            _keep(counted, self.limits)


def count_attempt(request: HttpRequest, *names: str) -> Attempt | None:
    """Count an attempt to sign in by a name or address; None, uncounted, if a limit is reached.

    Whatever the number of limits, this asks the cache four times: lock, read, write, unlock.
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
    """Delete the counts after the owner proved otherwise that the account is theirs."""
    cache.delete_many(_limits(request, names))


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Set a cookie that names the account that signed in and the last few before it."""
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
    """Return the limits of this attempt by cache key; the widest is the last."""
    app = "allauth.account"
    return {
        ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key): rate
        for action, key in _counts(request, names)
        for rate in ratelimit.get_rates(app=app, action=action)
    }


def _lock_of(limits: dict[str, ratelimit.Rate]) -> str:
    """Return the account's or browser's lock: simultaneous guesses are counted in sequence."""
    return list(limits)[-1]


def _keep(counted: dict[str, list[float]], limits: dict[str, ratelimit.Rate]) -> None:
    cache.set_many(counted, max(rate.duration for rate in limits.values()))


def _counts(request: HttpRequest, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (kind of limit, key) for each limit of this attempt."""
    browser, accounts = _known(request)
    if accounts and _is_one_of(accounts, names):
        return [(BY_KNOWN_BROWSER, browser)]
    name, address = "|".join(names).lower(), client_address(request)
    network = wider_network(address)
    by_network = [(FROM_ONE_NETWORK, f"{network}|{name}")] if network else []
    return [(FROM_ONE_PLACE, f"{address}|{name}"), *by_network, (FROM_EVERYWHERE, name)]


def _known(request: HttpRequest) -> tuple[str, list[int]]:
    """Return the browser's random id and the accounts that were signed in there."""
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
