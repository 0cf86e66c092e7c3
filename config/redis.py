"""Django's cache in Redis, for a Redis that may be away or hang.

What a site keeps in its cache is how often a button was pressed. While nothing can be counted, pages
are served as from a cache that was just emptied: a press goes through, and the log says so once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache as DjangosCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from config import outage

# By Redis' names of what is asked. Anything else was not found, or not done.
WHEN_EMPTY: dict[str, Any] = {"SET": True, "MGET": []}


class FallbackRedis(redis.Redis):
    def execute_command(self, *args: Any, **options: Any) -> Any:
        ask = partial(super().execute_command, *args, **options)
        return answer_of(ask, when_away=WHEN_EMPTY.get(args[0]))

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        return FallbackPipeline(
            self.connection_pool, self.response_callbacks, transaction, shard_hint
        )


class FallbackPipeline(Pipeline):
    """Several things asked at once, as Django's `set_many` does; nobody reads the answers."""

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        answers: list[Any] = answer_of(partial(super().execute, raise_on_error), when_away=[])
        return answers


def answer_of(ask: Callable[[], Any], *, when_away: Any) -> Any:
    if not outage.cache.allows_asking():
        return when_away
    began = time.monotonic()
    try:
        answer = ask()
    except redis.RedisError as error:
        outage.cache.failed(error, after=time.monotonic() - began)
        return when_away
    outage.cache.answered()
    return answer


class FallbackClient(RedisCacheClient):
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
        self._client = FallbackRedis


class RedisCache(DjangosCache):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._class = FallbackClient

    def ping(self) -> None:
        """Ask whether it is there although it may be known to be away, and note the answer."""
        client = self._cache.get_client(None)
        began = time.monotonic()
        try:
            redis.Redis.execute_command(client, "PING")
        except redis.RedisError as error:
            outage.cache.failed(error, after=time.monotonic() - began)
        else:
            outage.cache.answered()
