"""How often one network address may press a button: counted in the cache, and forgotten with it."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from comments.limits import WINDOW, hash_address


class TooMany(Exception):
    """`retry_after` is a number of seconds after which the same is taken again."""

    def __init__(self, window: timedelta) -> None:
        super().__init__(window)
        self.retry_after = int(window.total_seconds())


def check_pace_of(what: str, *, address: str, most: int) -> None:
    """Raises TooMany if an address has done this more than `most` times in ten minutes of the clock.

    Who comes from no known address is not counted: many would share the number.
    """
    if not address:
        return
    now, length = timezone.now(), WINDOW.total_seconds()
    key = f"pace:{what}:{now.timestamp() // length:.0f}:{hash_address(address, now=now)}"
    if cache.add(key, 1, length):
        return
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out in between
        return
    # A cache in the database keeps what it counted up for five minutes, whatever was asked for first.
    cache.touch(key, length)
    if number > most:
        raise TooMany(WINDOW)
