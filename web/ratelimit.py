"""Limits on how often one network address may do something, counted in the cache."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from web.client_address import hash_address, wider_network

WINDOW = timedelta(minutes=10)
# A /48 may belong to one customer of a provider, or to a university.
TIMES_FOR_A_NETWORK = 5


class TooMany(Exception):
    """The address did this too often. It may do it again after `retry_after` seconds."""

    def __init__(self, window: timedelta) -> None:
        super().__init__(window)
        self.retry_after = int(window.total_seconds())


def count(key: str, *, seconds: float) -> int:
    """Count a call with a key and return how many; the key lasts so many seconds without a call."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
    # `incr` on a database cache resets the lifetime to five minutes.
    cache.touch(key, seconds)
    return number


def check_rate(what: str, *, address: str, most: int) -> None:
    """Raises TooMany if an address did this more than `most` times in ten minutes of the clock.

    The addresses of an IPv6 network that may belong to one person may do it five times as often.
    """
    network = wider_network(address)
    whole, most_of_all = _key(f"{what}:network", network), most * TIMES_FOR_A_NETWORK
    # A network over its limit makes no more keys for its addresses.
    if network and cache.get(whole, 0) > most_of_all:
        raise TooMany(WINDOW)
    _count(_key(what, address), most)
    if network:
        _count(whole, most_of_all)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """Add to an answer of 429 the seconds after which the client may ask again (RFC 6585, 4)."""
    response["Retry-After"] = str(seconds)
    return response


def _key(what: str, address: str) -> str:
    now = timezone.now()
    window = f"{now.timestamp() // WINDOW.total_seconds():.0f}"
    return f"rate:{what}:{window}:{hash_address(address, now=now)}"


def _count(key: str, most: int) -> None:
    if count(key, seconds=WINDOW.total_seconds()) > most:
        raise TooMany(WINDOW)
