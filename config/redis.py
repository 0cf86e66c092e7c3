"""Django's cache in Redis, for a Redis that may be away or hang.

What a site keeps in its cache is how often a button was pressed. While nothing can be counted, pages
are served as from a cache that was just emptied: a press goes through, and the log says so once.
"""

from __future__ import annotations

import time
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache as DjangosCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import outage

# By Redis' names of what is asked. Anything else was not found, or not done.
WHEN_EMPTY: dict[str, Any] = {"SET": True, "MGET": []}


class PatientRedis(redis.Redis):
    def execute_command(self, *args: Any, **options: Any) -> Any:
        if not outage.cache.allows_asking():
            return WHEN_EMPTY.get(args[0])
        began = time.monotonic()
        try:
            answer = super().execute_command(*args, **options)
        except redis.RedisError as error:
            outage.cache.failed(error, after=time.monotonic() - began)
            return WHEN_EMPTY.get(args[0])
        outage.cache.answered()
        return answer


class PatientClient(RedisCacheClient):
    def __init__(self, *args: Any, timeout: float, **options: Any) -> None:
        # Of itself redis-py waits five seconds for each answer. A connection that was closed meanwhile
        # needs no second attempt: the pool finds out before it hands one over.
        super().__init__(
            *args,
            socket_connect_timeout=timeout,
            socket_timeout=timeout,
            retry=Retry(NoBackoff(), 0),
            **options,
        )
        self._client = PatientRedis


class RedisCache(DjangosCache):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._class = PatientClient
