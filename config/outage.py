"""Outside things that may be away: asked no more for a moment after a failure, and told of once.

A circuit breaker, as in M. Nygard, "Release It!" (chapter 5.2): while one is away, all threads of the
process are refused at once, but for one that looks whether it is back.
"""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

# What Django raises where a database does not answer, or can do no more.
AWAY = (OperationalError, InterfaceError)
SHORTEST_PAUSE, PAUSES_PER_WAIT = 0.5, 5  # the first in seconds
logger = logging.getLogger(__name__)


class Outage:
    """Whether one outside thing is away. Threads share it; while all is well it costs one look."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._began: float | None = None
        self._next_look = 0.0

    @property
    def is_on(self) -> bool:
        return self._began is not None

    def allows_asking(self) -> bool:
        """Whether to ask now: yes while all is well, and to one caller after each pause."""
        return self._began is None or self._is_first_to_look()

    def _is_first_to_look(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._next_look:
                return False
            self._next_look = now + settings.PARLEY_OUTAGE_PAUSE
            return True

    def failed(self, error: object, *, after: float | None = None) -> None:
        """Note that it did not answer; `after` so many seconds, where it said so soon.

        Who hears no at once may ask again soon, as when a database is restarted.
        """
        pause: float = settings.PARLEY_OUTAGE_PAUSE
        if after is not None:
            pause = min(pause, max(SHORTEST_PAUSE, after * PAUSES_PER_WAIT))
        with self._lock:
            is_new, now = self._began is None, time.monotonic()
            self._began = now if is_new else self._began
            self._next_look = now + pause
        if is_new:
            logger.error("%s does not answer: %s", self.name, " ".join(str(error).split()))

    def answered(self) -> None:
        """Note that it did."""
        if self._began is None:
            return
        with self._lock:
            began, self._began = self._began, None
        if began is not None:
            logger.warning("%s answers again after %d s", self.name, time.monotonic() - began)


class DropRepeats(logging.Filter):
    """Drops what the requests of an outage report: its beginning and its end are told."""

    def filter(self, record: logging.LogRecord) -> bool:
        raised = record.exc_info[1] if record.exc_info else None
        told = [raised, *(record.args if isinstance(record.args, tuple) else ())]
        is_on = database.is_on or writing.is_on
        return not (is_on and any(isinstance(error, AWAY) for error in told))


database = Outage("The database")
# SQLite's, which one program may keep from all others while they read.
writing = Outage("The database (for writing)")
cache = Outage("The cache")
