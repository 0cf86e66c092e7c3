"""Django's cache in a table, for a database that may take no more: a full disk, or one that is read only.

While nothing can be counted, pages are served as from a cache that was just emptied, as with Redis
(`config.redis`): who has the right password gets in, and the log says why nothing is counted.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import DatabaseError, router, transaction

logger = logging.getLogger(__name__)
ABSENT = object()
TOLD_AGAIN_AFTER = 60  # seconds


class DatabaseCache(db.DatabaseCache):
    _told_at = -float(TOLD_AGAIN_AFTER)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Django says False where the key is there, and where it could not be written."""
        for _ in range(2):  # what was there may have gone before the second look
            if super().add(key, value, timeout, version):
                return True
            if self.get(key, ABSENT, version) is not ABSENT:
                return False
        self._tell()
        return True

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        try:
            is_done = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]
        except DatabaseError:  # while it made room for the key
            is_done = False
        if mode == "set" and not is_done:
            self._tell()
        return is_done

    def _base_delete_many(self, keys: list[str]) -> bool:
        try:
            with transaction.atomic(using=router.db_for_write(self.cache_model_class)):
                return bool(super()._base_delete_many(keys))  # type: ignore[misc]
        except DatabaseError:
            self._tell()
            return False

    def _tell(self) -> None:
        """Once a minute for each thread, however many ask."""
        now = time.monotonic()
        if now >= self._told_at + TOLD_AGAIN_AFTER:
            self._told_at = now
            logger.warning("The cache cannot be written, so nothing is counted: is the disk full?")
