"""Threads in which Django works for an event loop that must not wait.

More of them at once than can be of use get in each other's way, as Python runs one at a time: whoever asks
SQLite lets go at each row, and waits until the others have had their turn. So a few take the jobs, and the
others come in where those are held up.

The stack of each thread is one piece. CPython keeps what calls need in pieces of 16 KB, and until the
beginning of 2026 it asked the system for another at each call that went over the end of one, and gave it
back at each return: wherever a page's loop stood at such an end, and that moves with every function above
it, each call took a hundred times as long (https://github.com/python/cpython/issues/142183).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable
from functools import partial
from multiprocessing.util import Finalize
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple[asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]

HELD_UP = 0.05  # seconds
# Words of eight bytes. Python takes the next power of two, 512 KB, so 190 KB are left for what is called;
# memory is taken by the part alone that is used.
ROOM = 40_000


class Threads:
    """`first` threads for what comes, and `more` for what waits while all of those are held up."""

    def __init__(self, name: str, *, first: int, more: int = 0) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._calls: SimpleQueue[bool] = SimpleQueue()
        self._more = more
        # Of each of the first, when it began what it is at; infinite while it has nothing to do.
        self._began = [math.inf] * first
        self._watches = False
        work = [partial(self._work, place) for place in range(first)] + [self._help] * more
        self._threads = [
            Thread(target=in_one_piece, args=(one,), name=name, daemon=True) for one in work
        ]
        for thread in self._threads:
            thread.start()
        # Also where the process was forked, which atexit does not know.
        Finalize(None, self.finish, exitpriority=1)

    def run(self, work: Callable[..., T], *given: Any) -> asyncio.Future[T]:
        """What comes of `work(*given)`, for the loop that calls this. Begins no job that was cancelled."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((future, work, given))
        if self._more and not self._watches:
            self._watches = True
            loop.call_later(HELD_UP, self._watch, loop)
        return future

    def finish(self) -> None:
        """Wait until all jobs are done; then there are no more."""
        for _ in self._began:
            self._jobs.put(None)
        for _ in range(self._more):
            self._calls.put(False)
        for thread in self._threads:
            thread.join()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look from time to time, while jobs wait, whether somebody must be called."""
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
            del job  # and with it the request, until another comes

    def _are_held_up(self) -> bool:
        return max(self._began) < monotonic() - HELD_UP

    def _help(self) -> None:
        while self._calls.get():
            with contextlib.suppress(Empty):
                self._take_one()
                while self._are_held_up():
                    self._take_one()

    def _take_one(self) -> None:
        """Raises Empty."""
        if job := self._jobs.get_nowait():
            _do(*job)
        else:  # the end, of which one of the first must know
            self._jobs.put(None)


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
