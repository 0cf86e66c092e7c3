"""PUBLISH and SUBSCRIBE of Redis, which forgets a message that nobody hears."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from pagecache.channels.base import NAME, Away, Channel


class RedisChannel(Channel):
    is_transactional = False

    def __init__(self, url: str, *, timeout: float) -> None:
        options: dict[str, Any] = {
            "socket_timeout": timeout,
            "socket_connect_timeout": timeout,
            "retry": Retry(NoBackoff(), 0),
        }
        self._client = redis.Redis.from_url(url, **options)
        self._listening: Any = None

    def send(self, texts: Iterable[str]) -> None:
        try:
            with self._client.pipeline(transaction=False) as pipeline:
                for text in texts:
                    pipeline.publish(NAME, text)
                pipeline.execute()
        except redis.RedisError as error:
            raise Away(str(error)) from error

    def listen(self, seconds: float) -> Iterator[str]:
        try:
            if self._listening is None:
                self._listening = self._client.pubsub(ignore_subscribe_messages=True)
                self._listening.subscribe(NAME)
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                message = self._listening.get_message(timeout=left)
                if message is not None:
                    yield message["data"].decode(errors="replace")
        except redis.RedisError as error:
            raise Away(str(error)) from error

    def echo(self, text: str) -> None:
        self.send([text])

    def close(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None
