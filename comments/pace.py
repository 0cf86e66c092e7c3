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
    """Raises TooMany if an address has done this more than `most` times in ten minutes.

    Who comes from no known address is not counted: many would share the number.
    """
    if not address:
        return
    key = f"pace:{what}:{hash_address(address, now=timezone.now())}"
    if cache.add(key, 1, WINDOW.total_seconds()):
        return
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out in between
        return
    if number > most:
        raise TooMany(WINDOW)
