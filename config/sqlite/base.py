"""Django's SQLite, with a queue for those who write, and comparisons as PostgreSQL makes them.

SQLite lets one connection write at a time. The others look again after a pause that grows, so with
sixteen people replying at once some wait for seconds while others pass them. Here a transaction
takes a lock on a file beside the database first (flock(2)): the kernel wakes who waits, in the order
in which they came, and whoever dies lets go of it.

A process that serves pages sets a limit (`limit_waiting`): where another program keeps that lock, or SQLite's
own, for longer, whoever waited gets an error, and those behind are refused at once (`config.outage`) while
reading goes on. Workers and commands wait longer.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from config import outage
from config.file_modes import keep_from_others, make_private_file
from config.sqlite.lookups import upper
from config.sqlite.operations import DatabaseOperations
from config.sqlite.turns import lock_in_time, lock_soon

LOCKED = "database is locked"  # as SQLite says it


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    limit: float | None = None  # seconds
    _turn: int | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        return params | {"timeout": self.limit} if self.limit else params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Readable by this user alone: SQLite gives its log the mode of the database."""
        if not self.is_in_memory_db():
            name = str(self.settings_dict["NAME"])
            make_private_file(Path(name))
            keep_from_others(Path(f"{name}-wal"))
            keep_from_others(Path(f"{name}-shm"))
        connection = super().get_new_connection(conn_params)
        connection.create_function("PARLEY_UPPER", 1, upper, deterministic=True)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        looks_again = bool(self.limit) and outage.writing.is_on
        if looks_again and not outage.writing.allows_asking():
            raise OperationalError(LOCKED)
        try:
            self._wait_for_turn(looks_again=looks_again)
            if self.limit and outage.writing.is_on and not looks_again:
                raise OperationalError(LOCKED)  # as whoever had the turn before has found
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException as error:
            if isinstance(error, OperationalError) and LOCKED in str(error):
                outage.writing.failed(error)
            self._end_turn()
            raise
        outage.writing.answered()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _wait_for_turn(self, *, looks_again: bool) -> None:
        if not self.is_in_memory_db():
            name = f"{self.settings_dict['NAME']}-writers"
            turn = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            is_ours = lock_soon(turn) if looks_again else lock_in_time(turn, self.limit)
            if not is_ours:
                raise OperationalError(LOCKED)
            self._turn = turn

    def _end_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None


def limit_waiting(seconds: float) -> None:
    """Let every connection that this process makes from now on wait that long until it may write."""
    DatabaseWrapper.limit = seconds
