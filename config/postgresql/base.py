"""Django's PostgreSQL backend, without a query before each request and with limits on waiting.

A kept connection may have been closed meanwhile, so Django sends `SELECT 1` before it uses one
again. When a server closes a connection or sends anything unasked, there is something to read on it
(libpq, "Asynchronous Notification"): this backend sends the query only then, and after an error.
The first real query notices a server that vanished silently.

A process that serves pages sets a limit (`limit_waiting`): PostgreSQL ends a statement that takes
longer (`statement_timeout`), and if PostgreSQL itself hangs, this end stops waiting a second later.
Workers, migrations and other commands have no limit.
"""

from __future__ import annotations

import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import RV, PQGen

from config import outage

GRACE = 1.0  # seconds that PostgreSQL may take to report that a statement took too long
# A client that vanished during a transaction holds its locks no longer than this.
FORSAKEN = 60  # seconds


class Connection(psycopg.Connection[Any]):
    """A connection that stops waiting, and sends nothing while the database is known to be away."""

    limit: float | None = None  # seconds

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        refuse_while_away()
        try:
            answer = super().wait(gen, interval, self.limit if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:
            if timeout is None:
                outage.database.failed(f"no answer within {self.limit:.0f} s")
                self.close()
            raise
        outage.database.answered()
        return answer


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if Connection.limit:
            statement, forsaken = (Connection.limit - GRACE) * 1000, FORSAKEN * 1000
            params.setdefault(
                "options",
                f"-c statement_timeout={statement:.0f} "
                f"-c idle_in_transaction_session_timeout={forsaken}",
            )
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        refuse_while_away()
        began = time.monotonic()
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            outage.database.failed(error, after=time.monotonic() - began)
            raise
        # Psycopg makes the connection, and no Django setting names another class.
        connection.__class__ = Connection
        outage.database.answered()
        return connection

    def is_usable(self) -> bool:
        if outage.database.is_on:
            return False
        return not (self.errors_occurred or self._has_something_to_say()) or super().is_usable()

    def _has_something_to_say(self) -> bool:
        connection = self.connection
        if connection is None or connection.closed:
            return True
        unread = select.poll()
        unread.register(connection.fileno(), select.POLLIN)
        return bool(unread.poll(0))


def limit_waiting(seconds: float) -> None:
    """Limit how many seconds each connection opened from now on waits for an answer."""
    Connection.limit = seconds + GRACE


def refuse_while_away() -> None:
    if not outage.database.allows_asking():
        raise psycopg.OperationalError("The database is away, and is asked again in a moment.")
