"""One start at a time: two at once would make the same things twice."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# The number of PostgreSQL's lock, 64 bits: the letters of the name.
KEY = int.from_bytes(b"parley", "big")
SECONDS_BETWEEN_LOOKS = 0.5
TryToLock = Callable[[], bool]


@contextmanager
def one_at_a_time(tell: Callable[[str], None]) -> Iterator[None]:
    """Wait, and tell so, while another process prepares the same data folder or database."""
    with folder_lock() as in_folder, database_lock() as in_database:
        for lock in (in_folder, in_database):
            wait_for(lock, tell)
        yield


def wait_for(lock: TryToLock, tell: Callable[[str], None]) -> None:
    if lock():
        return
    tell("Another start is preparing this site: waiting for it …")
    while not lock():
        time.sleep(SECONDS_BETWEEN_LOOKS)


@contextmanager
def folder_lock() -> Iterator[TryToLock]:
    """Yield a function that tries flock(2), which ends with the process."""
    path = Path(settings.DATA_DIR, "preparing.lock")
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def lock() -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        yield lock
    finally:
        os.close(file)


@contextmanager
def database_lock() -> Iterator[TryToLock]:
    """Yield a function that tries PostgreSQL's lock, for several machines; SQLite needs none.

    The lock belongs to a transaction on its own connection, and ends with either: a pooler may
    reuse the connection after that. It polls, so that no limit on one statement stops it.
    """
    if connection.vendor != "postgresql":
        yield lambda: True
        return
    with closing(connection.copy()) as own:
        own.set_autocommit(False)

        def lock() -> bool:
            with own.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [KEY])
                return bool(cursor.fetchone()[0])

        yield lock
