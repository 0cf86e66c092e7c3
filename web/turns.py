"""Turns among the threads of a process that write much to SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.conf import settings
from django.db import OperationalError, connection

# SQLite answers so fast that the threads of a process only compete for the interpreter:
# one after the other they are a third faster, and no wait is long. PostgreSQL answers by network.
TURN = Lock()
GRACE = 1.0  # seconds: the thread that holds the turn fails first


@contextmanager
def turn() -> Iterator[None]:
    """Let in one thread at a time, on SQLite. Raises OperationalError if the turn does not come."""
    if connection.vendor != "sqlite":
        yield
        return
    if not TURN.acquire(timeout=settings.PARLEY_DATABASE_TIMEOUT + GRACE):
        raise OperationalError("The threads before this one wait for the database.")
    try:
        yield
    finally:
        TURN.release()
