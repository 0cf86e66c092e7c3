"""How often one network address may do something: counted in the cache, and forgotten with it."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from web.client_address import hash_address, wider_network

WINDOW = timedelta(minutes=10)
# A /48 may be one customer of a provider, or a university.
TIMES_FOR_A_NETWORK = 5


class TooMany(Exception):
    """`retry_after` is a number of seconds after which the same is taken again."""

    def __init__(self, window: timedelta) -> None:
        super().__init__(window)
        self.retry_after = int(window.total_seconds())


def count(key: str, *, seconds: float) -> int:
    """How often this was asked with the key, which is forgotten after so many seconds without a call."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
    # A cache in the database keeps what it counted up for five minutes, whatever was asked for first.
    cache.touch(key, seconds)
    return number


def check_pace_of(what: str, *, address: str, most: int) -> None:
    """Raises TooMany if an address has done this more than `most` times in ten minutes of the clock.

    Of all addresses of an IPv6 network that may be one person's, five times as often.
    """
    network = wider_network(address)
    whole, most_of_all = _key(f"{what}:network", network), most * TIMES_FOR_A_NETWORK
    # A network that is over makes no more keys for its addresses.
    if network and cache.get(whole, 0) > most_of_all:
        raise TooMany(WINDOW)
    _count(_key(what, address), most)
    if network:
        _count(whole, most_of_all)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """An answer to who asks too often, with the time after which they may again (RFC 6585, 4)."""
    response["Retry-After"] = str(seconds)
    return response


def _key(what: str, address: str) -> str:
    now = timezone.now()
    window = f"{now.timestamp() // WINDOW.total_seconds():.0f}"
    return f"pace:{what}:{window}:{hash_address(address, now=now)}"


def _count(key: str, most: int) -> None:
    if count(key, seconds=WINDOW.total_seconds()) > most:
        raise TooMany(WINDOW)
