"""How often one network address may press a button: counted in the cache, and forgotten with it."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from accounts.addresses import wider_network
from accounts.ratelimit import TIMES_FOR_A_NETWORK, count
from comments.limits import WINDOW, hash_address


class TooMany(Exception):
    """`retry_after` is a number of seconds after which the same is taken again."""

    def __init__(self, window: timedelta) -> None:
        super().__init__(window)
        self.retry_after = int(window.total_seconds())


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


def _key(what: str, address: str) -> str:
    now = timezone.now()
    window = f"{now.timestamp() // WINDOW.total_seconds():.0f}"
    return f"pace:{what}:{window}:{hash_address(address, now=now)}"


def _count(key: str, most: int) -> None:
    if count(key, seconds=WINDOW.total_seconds()) > most:
        raise TooMany(WINDOW)
