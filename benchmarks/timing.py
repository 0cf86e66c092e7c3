"""Measures durations, and the speed of the machine at that moment."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

RUNS = 30
LOOP = 200_000
HEAD = " median    worst     loop"


def measured(job: Callable[[], object], runs: int = RUNS) -> str:
    """Return median and worst of some runs, and the median of a fixed loop beside each; in ms."""
    pairs = [(milliseconds(job), milliseconds(loop)) for _ in range(runs)]
    times, loops = zip(*pairs, strict=True)
    return f"{median(times):7.1f} {max(times):8.1f} {median(loops):8.1f}"


def milliseconds(job: Callable[[], object]) -> float:
    start = perf_counter()
    job()
    return (perf_counter() - start) * 1000


def loop() -> int:
    """Do a fixed amount of processor work, which other programs cannot reduce."""
    total = 0
    for number in range(LOOP):
        total += number % 7
    return total
