"""A check in a thread of its own, for those who cannot wait until it ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Watch(Generic[T]):
    """Runs a check in its own thread; all who ask while it runs get the same answer."""

    def __init__(self, see: Callable[[], T]) -> None:
        self._see = see
        self._thread = ThreadPoolExecutor(1, "watch")
        self._lock = Lock()
        self._look: Future[T] | None = None

    def look(self) -> Future[T]:
        with self._lock:
            if self._look is None or self._look.done():
                self._look = self._thread.submit(self._see)
            return self._look
