"""Pages made anew for each request, beside other blogs, uncompressed."""

from __future__ import annotations

from statistics import median

from benchmarks.reading.driving import Figures, drive
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Peer, Stage

WARM_UP = 2  # seconds


def measure(stage: Stage) -> Rows:
    ours = Peer("Parley", stage.pages)
    with stage.site.served(PARLEY_PAGE_CACHE="0"):
        pages = stage.options.pages
        return [row for page in pages for row in rows_of(page, [ours, *stage.peers], stage)]


def rows_of(page: str, servers: list[Peer], stage: Stage) -> Rows:
    """Return a row for each server, which take turns."""
    asked = [server for server in servers if page in server.pages]
    rounds = [
        {server.name: driven(server.pages[page], stage.options.seconds) for server in asked}
        for _ in range(stage.options.rounds)
    ]
    return [row_of(page, server.name, rounds) for server in asked]


def driven(address: str, seconds: int) -> Figures:
    drive(address, seconds=WARM_UP)
    return drive(address, seconds=seconds)


def row_of(page: str, name: str, rounds: list[dict[str, Figures]]) -> Row:
    runs = [each[name] for each in rounds]
    ratios = [each["Parley"].rate / each[name].rate for each in rounds if each[name].rate]
    return {
        "page": page,
        "server": name,
        "a second": round(median(run.rate for run in runs), 1),
        "p50 ms": round(median(run.median for run in runs), 1),
        "p99 ms": round(median(run.slowest for run in runs), 1),
        "failed": sum(run.failed for run in runs),
        "Parley, times as fast": round(median(ratios), 1) if ratios else "no answer",
        "load": load(),
    }
