"""A lock on a file that is waited for in the order of those who come, and not for ever."""

from __future__ import annotations

import fcntl
import os
import time
from threading import Event, Lock, Thread

SOON, PAUSE = 0.5, 0.01  # seconds


def lock_in_time(file: int, limit: float | None) -> bool:
    """Whether the lock of this open file came within so many seconds; else the file is closed, or will be.

    flock(2) knows no limit, and whoever looks again and again is passed by others: a thread waits.
    """
    if limit is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return True
    return _is_free(file) or _Wait(file).ends_within(limit)


def lock_soon(file: int) -> bool:
    """The same for one that has long been kept, within half a second and without a thread.

    As many threads as looked would wait for it, for as long as it is kept.
    """
    until = time.monotonic() + SOON
    while not (is_ours := _is_free(file)) and time.monotonic() < until:
        time.sleep(PAUSE)
    if not is_ours:
        os.close(file)
    return is_ours


def _is_free(file: int) -> bool:
    """Whether it was, and is ours now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Wait:
    """Of the thread and whoever it waits for, the one that comes last closes the file or has it."""

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
