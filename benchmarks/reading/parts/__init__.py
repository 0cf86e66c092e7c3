"""What is measured, one file each: `measure` returns the rows of a table."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.reading.parts import (
    cached,
    growth,
    memory,
    posting,
    replying,
    soak,
    start,
    uncached,
)
from benchmarks.reading.results import Rows
from benchmarks.reading.stage import Stage

PARTS: dict[str, Callable[[Stage], Rows]] = {
    "cached": cached.measure,
    "while-replying": replying.measure,
    "uncached": uncached.measure,
    "posting": posting.measure,
    "memory": memory.measure,
    "growth": growth.measure,
    "soak": soak.measure,
    "start": start.measure,
}
