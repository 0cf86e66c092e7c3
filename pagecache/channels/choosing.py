"""Which channel the settings call for, and telling other machines by it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from time import monotonic
from typing import Any

from django.conf import settings

from pagecache.channels.base import Away, Channel, messages
from pagecache.log import ChangeLog, hash_of

logger = logging.getLogger(__name__)
NOBODY = 0  # no machine's number


@cache
def channel() -> Channel | None:
    """Return Redis if the site has one, else PostgreSQL; None for SQLite, which has one machine.

    Redis first: notifications do not pass a connection pool that gives transactions away.
    """
    of_cache: dict[str, Any] = settings.CACHES["default"]
    if settings.DATABASES["default"]["ENGINE"] != "config.postgresql":
        return None
    if str(of_cache.get("LOCATION", "")).startswith(("redis:", "rediss:", "unix:")):
        from pagecache.channels.redis import RedisChannel  # noqa: PLC0415 - only where it is used

        timeout = of_cache["OPTIONS"]["timeout"]
        return RedisChannel(str(of_cache["LOCATION"]), timeout=timeout)
    from pagecache.channels.postgresql import PostgresChannel  # noqa: PLC0415 - as above

    return PostgresChannel()


def tell(log: ChangeLog | None, names: Sequence[str], at: float) -> None:
    """Tell the other machines, if there are some, that names change.

    An error is logged, and then the channel is left alone for PARLEY_OUTAGE_PAUSE. What they could
    not be told is noted in the log of changes, and a listener of this machine has them forget all.
    A process without a log of changes tells its own machine as well.
    """
    used = channel()
    if used is None:
        return
    if monotonic() >= used.next_try and _is_sent(used, log, names, at):
        return
    if log:
        log.note_untold()


def _is_sent(used: Channel, log: ChangeLog | None, names: Sequence[str], at: float) -> bool:
    machine = log.machine if log else NOBODY
    hashes = [hash_of(name) for name in names]
    try:
        used.send(str(message) for message in messages(machine, hashes, at))
    except Away as error:
        used.next_try = monotonic() + settings.PARLEY_OUTAGE_PAUSE
        logger.error("Other machines cannot be told of a change: %s", error)
        return False
    return True
