"""LISTEN and NOTIFY: PostgreSQL passes a notification on when its transaction commits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from django.db import connection
from psycopg.abc import RV, PQGen

from pagecache.channels.base import NAME, Away, Channel

PATIENCE = 2.0  # seconds


class Listening(psycopg.Connection[Any]):
    """A connection that raises OperationalError if PostgreSQL does not answer within PATIENCE."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(gen, interval, PATIENCE if timeout is None else timeout)


class PostgresChannel(Channel):
    """The site's own database. A listener has a connection of its own, past a pool."""

    is_transactional = True

    def __init__(self) -> None:
        self._listening: Any = None

    def send(self, texts: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            for text in texts:
                cursor.execute("SELECT pg_notify(%s, %s)", [NAME, text])

    def listen(self, seconds: float) -> Iterator[str]:
        try:
            if self._listening is None:
                self._listening = _connect()
                self._listening.execute(f"LISTEN {NAME}")
            for notification in self._listening.notifies(timeout=seconds):
                yield notification.payload
        except psycopg.Error as error:
            raise Away(str(error)) from error

    def echo(self, text: str) -> None:
        try:
            self._listening.execute("SELECT pg_notify(%s, %s)", [NAME, text])
        except psycopg.Error as error:
            raise Away(str(error)) from error

    def close(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None


def _connect() -> Any:
    given = connection.get_connection_params()
    kept = {
        name: value
        for name, value in given.items()
        if name not in {"cursor_factory", "context", "prepare_threshold", "server_side_binding"}
    }
    return Listening.connect(**kept, autocommit=True)
