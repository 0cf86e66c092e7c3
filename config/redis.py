"""Django's cache in Redis, for a Redis that may be away.

What a site keeps in its cache is how often a button was pressed. While nothing can be counted, pages
are served as from a cache that was just emptied: a press goes through, and the log says why.
"""

from __future__ import annotations

import logging
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache as DjangosCache
from django.core.cache.backends.redis import RedisCacheClient

logger = logging.getLogger(__name__)
# By Redis' names of what is asked. Anything else was not found, or not done.
WHEN_EMPTY: dict[str, Any] = {"SET": True, "MGET": []}


class PatientRedis(redis.Redis):
    def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute_command(*args, **options)
        except redis.RedisError as error:
            logger.warning("The cache does not answer, so nothing is counted: %s", error)
            return WHEN_EMPTY.get(args[0])


class PatientClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._client = PatientRedis


class RedisCache(DjangosCache):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._class = PatientClient
