"""Threads that run Django for an event loop that must not wait.

Python runs one thread at a time, so too many at once slow each other down: a thread that reads from
SQLite releases the interpreter at each row, and waits until the others have had their turn. So a
few threads take the jobs, and the others start when those are held up.

The stack of each thread is one piece. CPython keeps the frames of calls in pieces of 16 KB. Until
early 2026, each call across the end of a piece asked the system for a new piece, and each return
gave it back: when a page's loop was at such an end, which moves with every function above it, each
call took a hundred times as long (https://github.com/python/cpython/issues/142183).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple[asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]

HELD_UP = 0.05  # seconds
# Words of eight bytes. Python takes the next power of two, 512 KB, which leaves 190 KB for the
# calls; only the part in use takes memory.
ROOM = 40_000


class Threads:
    """`first` threads for all jobs, and `more` for jobs that wait while all of those are held up."""

    def __init__(self, name: str, *, first: int, more: int = 0) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._calls: SimpleQueue[bool] = SimpleQueue()
        self._more = more
        # When each of the first threads began its job; infinite while it has none.
        self._began = [math.inf] * first
        self._watches = False
        work = [partial(self._work, place) for place in range(first)] + [self._help] * more
        self._threads = [
            Thread(target=in_one_piece, args=(one,), name=name, daemon=True) for one in work
        ]
        for thread in self._threads:
            thread.start()

    def run(self, work: Callable[..., T], *given: Any) -> asyncio.Future[T]:
        """Return a future of `work(*given)` for the running loop. A cancelled job does not begin."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((future, work, given))
        if self._more and not self._watches:
            self._watches = True
            loop.call_later(HELD_UP, self._watch, loop)
        return future

    def finish(self) -> None:
        """Wait until all jobs are done, and end the threads."""
        for _ in self._began:
            self._jobs.put(None)
        for _ in range(self._more):
            self._calls.put(False)
        for thread in self._threads:
            thread.join()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """While jobs wait, check every HELD_UP seconds whether more threads must help."""
        self._watches = not self._jobs.empty()
        if not self._watches:
            return
        if self._calls.empty() and self._are_held_up():
            for _ in range(min(self._jobs.qsize(), self._more)):
                self._calls.put(True)
        loop.call_later(HELD_UP, self._watch, loop)

    def _work(self, place: int) -> None:
        while job := self._jobs.get():
            self._began[place] = monotonic()
            _do(*job)
            self._began[place] = math.inf
            del job  # frees the request until the next job

    def _are_held_up(self) -> bool:
        return max(self._began) < monotonic() - HELD_UP

    def _help(self) -> None:
        while self._calls.get():
            with contextlib.suppress(Empty):
                self._take_one()
                while self._are_held_up():
                    self._take_one()

    def _take_one(self) -> None:
        """Do the next job. Raises Empty if there is none."""
        if job := self._jobs.get_nowait():
            _do(*job)
        else:  # the end mark belongs to one of the first threads
            self._jobs.put(None)


def _do(future: asyncio.Future[T], work: Callable[..., T], given: tuple[Any, ...]) -> None:
    if future.cancelled():
        return
    settle: Callable[[], None]
    try:
        settle = partial(future.set_result, work(*given))
    except BaseException as error:  # noqa: BLE001 - for whoever waits
        settle = partial(future.set_exception, error)
    with contextlib.suppress(RuntimeError):  # the loop has ended, so nobody waits
        future.get_loop().call_soon_threadsafe(_unless_done, future, settle)


def _unless_done(future: asyncio.Future[T], settle: Callable[[], None]) -> None:
    if not future.done():  # it may have been cancelled
        settle()


def in_one_piece(work: Callable[[], None]) -> None:
    """Call `work` so that Python takes one large piece of stack for it and everything it calls."""
    work()


in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=ROOM)
