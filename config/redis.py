"""Django's cache in Redis, for a Redis that may be away or hang.

A site's cache holds counts of requests. While nothing can be counted, pages are served as with an
empty cache: a request goes through, and the log says so once.
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

# The answers, by Redis command, while Redis is away. Other commands return None: not found, not done.
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
    """Several commands sent together, as Django's `set_many` does; nobody reads the answers."""

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
        # By default redis-py waits five seconds for each answer. A closed connection needs no
        # retry: the pool checks a connection before it hands it over.
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
        """Send PING even during a known outage, and record the answer."""
        client = self._cache.get_client(None)
        began = time.monotonic()
        try:
            redis.Redis.execute_command(client, "PING")
        except redis.RedisError as error:
            outage.cache.failed(error, after=time.monotonic() - began)
        else:
            outage.cache.answered()
