"""The threads in which Django works for the server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from resource import RUSAGE_THREAD, getrusage
from threading import Event
from typing import Any, TypeVar

import pytest

from config.serving.threads import Threads

T = TypeVar("T")
CALLS, DEPTHS = 2_000, 400


@pytest.fixture
def threads() -> Iterator[Threads]:
    threads = Threads("test", first=1, more=1)
    yield threads
    threads.finish()


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the tests in a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def called() -> None:
    """What a loop calls. It needs more of the stack than one more function above it, so no end is missed."""


called.__code__ = called.__code__.replace(co_stacksize=100)


def faults_of_a_loop(functions_above: int) -> int:
    """How often the system had to give memory to a loop of calls."""
    if functions_above:
        return faults_of_a_loop(functions_above - 1)
    before = getrusage(RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        called()
    return getrusage(RUSAGE_THREAD).ru_minflt - before


def test_a_loop_asks_the_system_for_memory_at_no_depth_of_calls(threads: Threads) -> None:
    async def most() -> int:
        return max([await threads.run(faults_of_a_loop, depth) for depth in range(DEPTHS)])

    assert in_a_loop(most()) < CALLS / 2


def test_what_went_wrong_in_a_thread_is_raised_where_it_is_waited_for(threads: Threads) -> None:
    async def wait() -> None:
        await threads.run(int, "no number")

    with pytest.raises(ValueError, match="no number"):
        in_a_loop(wait())


def test_nothing_is_begun_for_whoever_no_longer_waits(threads: Threads) -> None:
    may_end = Event()
    begun: list[str] = []

    async def give_up() -> None:
        held_up = [threads.run(may_end.wait), threads.run(may_end.wait)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(threads.run(begun.append, "late"), 0)
        may_end.set()
        await asyncio.gather(*held_up)
        await threads.run(int)

    in_a_loop(give_up())
    assert begun == []


def test_another_thread_comes_in_where_the_first_is_held_up(threads: Threads) -> None:
    may_end = Event()

    async def wait() -> str:
        held_up = threads.run(may_end.wait)
        answer = await threads.run(str, "answered")
        assert not held_up.done()
        may_end.set()
        await held_up
        return answer

    assert in_a_loop(asyncio.wait_for(wait(), 20)) == "answered"
