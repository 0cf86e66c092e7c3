"""A lock on a file for which callers wait in the order they came, for a limited time."""

from __future__ import annotations

import fcntl
import os
import time
from threading import Event, Lock, Thread

SOON, PAUSE = 0.5, 0.01  # seconds


def lock_in_time(file: int, limit: float | None) -> bool:
    """Return whether the lock came within `limit` seconds; if not, the file is or will be closed.

    flock(2) has no limit, and a caller that polls is passed by others: so a thread waits.
    """
    if limit is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return True
    return _is_free(file) or _Wait(file).ends_within(limit)


def lock_soon(file: int) -> bool:
    """Return whether a lock that was kept for long came within half a second; uses no thread.

    Otherwise each caller would leave a thread that waits as long as the lock is kept.
    """
    until = time.monotonic() + SOON
    while not (is_ours := _is_free(file)) and time.monotonic() < until:
        time.sleep(PAUSE)
    if not is_ours:
        os.close(file)
    return is_ours


def _is_free(file: int) -> bool:
    """Return whether the lock was free; it is ours now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Wait:
    """A thread that waits for the lock. Of it and its caller, the last closes or has the file."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._gate, self._came, self._is_given_up = Lock(), Event(), False
        Thread(target=self._lock, name="turn", daemon=True).start()

    def ends_within(self, seconds: float) -> bool:
        try:
            self._came.wait(seconds)
        finally:
            with self._gate:
                self._is_given_up = not self._came.is_set()
        return not self._is_given_up

    def _lock(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._gate:
            self._came.set()
            if self._is_given_up:
                os.close(self._file)
