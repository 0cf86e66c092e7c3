"""A lock on a file that is waited for in the order of those who come, and not for ever."""

from __future__ import annotations

import fcntl
import os
from threading import Event, Lock, Thread


def lock_in_time(file: int, limit: float | None) -> bool:
    """Whether the lock of this open file came within so many seconds; else the file is closed, or will be.

    flock(2) knows no limit, and whoever looks again and again is passed by others: a thread waits.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if limit:
            return _Wait(file).ends_within(limit)
        fcntl.flock(file, fcntl.LOCK_EX)
    return True


class _Wait:
    def __init__(self, file: int) -> None:
        self._file = file
        self._gate, self._came, self._is_given_up = Lock(), Event(), False
        Thread(target=self._lock, name="turn", daemon=True).start()

    def ends_within(self, seconds: float) -> bool:
        self._came.wait(seconds)
        with self._gate:
            self._is_given_up = not self._came.is_set()
        return not self._is_given_up

    def _lock(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._gate:
            self._came.set()
            if self._is_given_up:
                os.close(self._file)
