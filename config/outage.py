"""Outside things that may be away: asked no more for a moment after a failure, and told of once.

A circuit breaker, as in M. Nygard, "Release It!" (chapter 5.2): while one is away, all threads of the
process are refused at once, but for one that looks whether it is back.
"""

from __future__ import annotations

import logging
import re
import threading
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

# What Django raises where a database does not answer, or can do no more.
AWAY = (OperationalError, InterfaceError)
SHORTEST_PAUSE, PAUSES_PER_WAIT = 0.5, 5  # the first in seconds
# Said to who writes, while who reads is answered: nobody is refused for it.
UNABLE = re.compile("disk is full|disk I/O error|readonly database|No space left on device")
FORGOTTEN_AFTER = 60  # seconds in which nothing of the kind was said
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


class Storing:
    """Whether the database has room for what is written. It does not say when it does again."""

    def __init__(self) -> None:
        self._forgotten_at = 0.0

    def failed(self, error: Exception) -> None:
        """Tell of it, unless this has been told of what is not over."""
        now = time.monotonic()
        is_new, self._forgotten_at = now >= self._forgotten_at, now + FORGOTTEN_AFTER
        if is_new:
            logger.error("The database cannot write: %s", " ".join(str(error).split()))


class DropRepeats(logging.Filter):
    """Drops what the requests of an outage report: its beginning and its end are told.

    Of a database that can write nothing, as on a full disk, the beginning is told in a line of its own.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        raised = record.exc_info[1] if record.exc_info else None
        told = [raised, *(record.args if isinstance(record.args, tuple) else ())]
        errors = [error for error in told if isinstance(error, AWAY)]
        if errors and (database.is_on or writing.is_on):
            return False
        unable = next((error for error in errors if UNABLE.search(str(error))), None)
        if unable:
            storing.failed(unable)
        return unable is None


database = Outage("The database")
# SQLite's, which one program may keep from all others while they read.
writing = Outage("The database (for writing)")
cache = Outage("The cache")
storing = Storing()
