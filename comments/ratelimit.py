"""How often one network address may press a button: counted in the cache, and forgotten with it."""

from __future__ import annotations

from datetime import timedelta

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
    _count(what, address, most)
    if network := wider_network(address):
        _count(f"{what}:network", network, most * TIMES_FOR_A_NETWORK)


def _count(what: str, address: str, most: int) -> None:
    now, length = timezone.now(), WINDOW.total_seconds()
    key = f"pace:{what}:{now.timestamp() // length:.0f}:{hash_address(address, now=now)}"
    if count(key, seconds=length) > most:
        raise TooMany(WINDOW)
