"""Django's cache in a table, for a site that keeps its counters there.

No entry is deleted before it expires. Django's own cache keeps 300 keys, counts all rows at each
write, and beyond that number deletes in the order of the keys, so a client that makes many keys
would delete the limits of others. The next write deletes expired entries once a minute, and so does
an hourly task.

The database may refuse writes: the disk is full, it is read only, or another program keeps a lock.
While nothing can be counted, pages are served as with an empty cache, as with Redis
(`config.redis`): a user with the right password can sign in, and the log says why nothing is
counted. One request waits for a lock, and those after it do not (`config.outage`).
"""

from __future__ import annotations

import base64
import logging
import pickle
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import DatabaseError, OperationalError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from config import outage
from config.outage import AWAY

logger = logging.getLogger(__name__)
ABSENT = object()
TOLD_AGAIN_AFTER = 60  # seconds
LONG = 1  # second
DELETED_AGAIN_AFTER = 60

INSERT = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) "
)
SET = INSERT + "DO UPDATE SET value = excluded.value, expires = excluded.expires"
WRITE = {
    "set": SET,
    "add": SET + " WHERE {table}.expires < %s",
    "touch": "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires >= %s",
}
DELETE_EXPIRED = "DELETE FROM {table} WHERE expires < %s"


class DatabaseCache(db.DatabaseCache):
    _told_at = -float(TOLD_AGAIN_AFTER)
    _deleted_at = -float(DELETED_AGAIN_AFTER)  # for all threads of the process
    _deleting = threading.Lock()

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Return whether the key was added; True, unlike Django's, if it cannot be written."""
        for _ in range(2):  # the key may expire before the second look
            if super().add(key, value, timeout, version):
                return True
            if self.get(key, ABSENT, version) is not ABSENT:
                return False
        self._tell()
        return True

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        now, expires = self._moment(timezone.now()), self._expiry(timeout)
        given = [expires, key, now]
        if mode != "touch":
            self._delete_expired(now)
            written = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
            given = [key, written, expires, *([now] if mode == "add" else [])]
        try:
            is_done = self._execute(WRITE[mode], given) > 0
        except DatabaseError:
            is_done = False
        if mode == "set" and not is_done:
            self._tell()
        return is_done

    def _base_delete_many(self, keys: list[str]) -> bool:
        try:
            with self._statement():
                return bool(super()._base_delete_many(keys))  # type: ignore[misc]
        except DatabaseError:
            self._tell()
            return False

    def _delete_expired(self, now: Any) -> None:
        """Delete expired entries once a minute, but not in a transaction, which would hold locks."""
        if self._connection.in_atomic_block or not self._is_time_to_delete():
            return
        try:
            self._execute(DELETE_EXPIRED, [now])
        except DatabaseError:
            self._tell()

    def _is_time_to_delete(self) -> bool:
        with self._deleting:
            now = time.monotonic()
            if now < self._deleted_at + DELETED_AGAIN_AFTER:
                return False
            DatabaseCache._deleted_at = now
            return True

    def _execute(self, sql: str, given: list[Any]) -> int:
        """Run a statement that writes, and return the number of rows that it wrote."""
        table = self._connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
        with self._statement(), self._connection.cursor() as cursor:
            cursor.execute(sql.format(table=table), given)
            return int(cursor.rowcount)

    @contextmanager
    def _statement(self) -> Iterator[None]:
        """Wrap a statement that writes; raise OperationalError at once while the table stays locked.

        On SQLite the statement waits in the queue of writers, and `config.sqlite` applies its
        limit.
        """
        connection = self._connection
        if connection.vendor == "sqlite":
            with transaction.atomic(connection.alias):
                yield
            return
        if not outage.cache.allows_asking():
            raise OperationalError(f"{outage.cache.name} does not answer")
        began = time.monotonic()
        try:
            # Inside a transaction only this statement may fail; outside, it needs no transaction.
            with (
                transaction.atomic(connection.alias)
                if connection.in_atomic_block
                else nullcontext()
            ):
                yield
        except AWAY as error:
            if not outage.database.is_on and time.monotonic() > began + LONG:
                outage.cache.failed(error)
            raise
        outage.cache.answered()

    @property
    def _connection(self) -> BaseDatabaseWrapper:
        return connections[router.db_for_write(self.cache_model_class)]

    def _expiry(self, timeout: Any) -> Any:
        until = self.get_backend_timeout(timeout)
        moment = (
            datetime.max.replace(tzinfo=UTC)
            if until is None
            else datetime.fromtimestamp(until, UTC)
        )
        return self._moment(moment)

    def _moment(self, moment: datetime) -> Any:
        return self._connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))

    def _tell(self) -> None:
        """Log once a minute that nothing is counted, unless an outage has been logged."""
        now = time.monotonic()
        is_away = outage.database.is_on or outage.writing.is_on or outage.cache.is_on
        if not is_away and now >= self._told_at + TOLD_AGAIN_AFTER:
            DatabaseCache._told_at = now
            logger.warning("The cache cannot be written, so nothing is counted: is the disk full?")
