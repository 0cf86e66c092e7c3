"""One start at a time: two that prepare the same site at once would make the same things twice."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# By this number PostgreSQL knows the lock. It has room for 64 bits: these are the letters of the name.
KEY = int.from_bytes(b"parley", "big")
SECONDS_BETWEEN_LOOKS = 0.5
TryToLock = Callable[[], bool]


@contextmanager
def one_at_a_time(tell: Callable[[str], None]) -> Iterator[None]:
    """Wait, and tell so, while another process prepares the same data folder or the same database."""
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
    """flock(2): who dies lets go of it."""
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
    """A lock of PostgreSQL, for starts on several machines; SQLite is in the folder.

    It belongs to a transaction on a connection of its own, and ends with either: a pooler between may
    hand the connection on after that. What asks again and again is stopped by no limit on one statement.
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
