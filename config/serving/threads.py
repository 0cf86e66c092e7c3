"""Threads in which Django works for an event loop that must not wait.

They do what `concurrent.futures` does with fewer locks, of which each costs a switch between threads, and
the stack of each is one piece. CPython keeps what calls need in pieces of 16 KB, and until the beginning
of 2026 it asked the system for another piece at each call that went over the end of one, and gave it back
at each return: wherever a page's loop stood at such an end, and that moves with every function above it,
each call took a hundred times as long. Python 3.13 and later have a remedy:
https://github.com/python/cpython/issues/142183
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple[asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]

# Words of eight bytes. Python takes the next power of two, 512 KB, so 190 KB are left for what is called;
# memory is taken by the part alone that is used.
ROOM = 40_000


class Threads:
    """A fixed number of threads, and the jobs that wait for one."""

    def __init__(self, number: int, name: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=in_one_piece, args=(self._work,), name=name, daemon=True)
            for _ in range(number)
        ]
        for thread in self._threads:
            thread.start()
        atexit.register(self.finish)

    def run(self, work: Callable[..., T], *given: Any) -> asyncio.Future[T]:
        """What comes of `work(*given)`, for the loop that calls this. Begins no job that was cancelled."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((future, work, given))
        return future

    def finish(self) -> None:
        """Wait until all jobs are done; then there are no more."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while job := self._jobs.get():
            _do(*job)
            del job  # and with it the request, until another comes


def _do(future: asyncio.Future[T], work: Callable[..., T], given: tuple[Any, ...]) -> None:
    if future.cancelled():
        return
    settle: Callable[[], None]
    try:
        settle = partial(future.set_result, work(*given))
    except BaseException as error:  # noqa: BLE001 - for whoever waits
        settle = partial(future.set_exception, error)
    with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits
        future.get_loop().call_soon_threadsafe(_unless_done, future, settle)


def _unless_done(future: asyncio.Future[T], settle: Callable[[], None]) -> None:
    if not future.done():  # by being cancelled meanwhile
        settle()


def in_one_piece(work: Callable[[], None]) -> None:
    """Call `work` such that Python takes one large piece of stack for it and all that it calls."""
    work()


in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=ROOM)
