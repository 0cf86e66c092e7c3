"""Outages of the database and the cache: a pause after a failure, and one line in the log.

A circuit breaker, as in M. Nygard, "Release It!" (chapter 5.2): during an outage all threads of the
process are refused at once, except one that looks whether it is over.
"""

from __future__ import annotations

import logging
import re
import threading
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

# What Django raises if a database does not answer or cannot go on.
AWAY = (OperationalError, InterfaceError)
SHORTEST_PAUSE, PAUSES_PER_WAIT = 0.5, 5  # the first in seconds
# Errors of writes only: reads still work, so no other request is refused.
UNABLE = re.compile("disk is full|disk I/O error|readonly database|No space left on device")
FORGOTTEN_AFTER = 60  # seconds without such an error
logger = logging.getLogger(__name__)


class Outage:
    """Whether one service is away. Threads share it; without an outage it costs one look."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._began: float | None = None
        self._next_look = 0.0

    @property
    def is_on(self) -> bool:
        return self._began is not None

    def allows_asking(self) -> bool:
        """Return whether to ask now: always without an outage, else one caller after each pause."""
        return self._began is None or self._is_first_to_look()

    def _is_first_to_look(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._next_look:
                return False
            self._next_look = now + settings.PARLEY_OUTAGE_PAUSE
            return True

    def failed(self, error: object, *, after: float | None = None) -> None:
        """Record a failure; `after` is the seconds until it came, if the service itself answered so.

        After a quick failure the pause is short, as when a database restarts.
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
        """Record an answer, which ends the outage."""
        if self._began is None:
            return
        with self._lock:
            began, self._began = self._began, None
        if began is not None:
            logger.warning("%s answers again after %d s", self.name, time.monotonic() - began)


class Storing:
    """Whether the database has room to write. It does not report when it has room again."""

    def __init__(self) -> None:
        self._forgotten_at = 0.0

    def failed(self, error: Exception) -> None:
        """Log the error, unless such an error was logged within FORGOTTEN_AFTER."""
        now = time.monotonic()
        is_new, self._forgotten_at = now >= self._forgotten_at, now + FORGOTTEN_AFTER
        if is_new:
            logger.error("The database cannot write: %s", " ".join(str(error).split()))


class DropRepeats(logging.Filter):
    """Drops what requests log during an outage: its start and its end have lines of their own.

    If a database can write nothing, as on a full disk, one line reports the start.
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
# SQLite's writes: one program can lock them while the others read.
writing = Outage("The database (for writing)")
cache = Outage("The cache")
storing = Storing()
