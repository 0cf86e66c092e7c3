"""Two servers with the same bytes, by short bursts in turn."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.reading.driving import GZIP, Figures, drive
from benchmarks.reading.processes import processor_seconds
from benchmarks.reading.results import Row, load

ROUNDS, BURST = 5, 2  # bursts of each, and seconds of one


@dataclass(frozen=True)
class Server:
    """A running server: the id of its main process, and full addresses of its pages by name."""

    name: str
    pid: int
    pages: dict[str, str]


@dataclass(frozen=True)
class Burst:
    figures: Figures
    cost: float  # microseconds of processor time for a request


def compare(ours: Server, theirs: Server, page: str) -> Row:
    """Return medians; the share is the median of each round's own, as the machine's speed changes.

    Where wrk is busy all the time, it holds up both: then the share by processor time tells more.
    """
    burst(ours, page)
    rounds = [(burst(ours, page), burst(theirs, page)) for _ in range(ROUNDS)]
    our_bursts, their_bursts = zip(*rounds, strict=True)
    costs = [other.cost / one.cost for one, other in rounds]
    shares = [one.figures.rate / other.figures.rate for one, other in rounds]
    return {
        "page": page,
        f"{ours.name}, a second": round(median(one.figures.rate for one in our_bursts)),
        f"{theirs.name}, a second": round(median(one.figures.rate for one in their_bursts)),
        "share": round(median(shares), 2),
        "share by CPU": round(median(costs), 2),
        "µs of CPU": round(median(one.cost for one in our_bursts), 1),
        f"µs of CPU, {theirs.name}": round(median(one.cost for one in their_bursts), 1),
        "wrk busy %": round(100 * median(one.figures.busy for one in our_bursts)),
        "p99 ms": median(one.figures.slowest for one in our_bursts),
        "failed": sum(one.figures.failed for one in our_bursts),
        "load": load(),
    }


def burst(server: Server, page: str) -> Burst:
    before = processor_seconds(server.pid)
    figures = drive(server.pages[page], seconds=BURST, headers=GZIP)
    spent = processor_seconds(server.pid) - before
    return Burst(figures, max(1e6 * spent, 1) / max(figures.requests, 1))
