"""What is counted: the columns of the table, and the functions that add to it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.conf import settings

from config.metrics.table import Table
from pagecache.cache import PageCache

STATUSES = {int(status): f"status {int(status)}" for status in HTTPStatus}
OTHER_STATUS = "status other"
# Seconds, each the upper end of a bucket. A page takes some milliseconds, and a reply tens.
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
BUCKETS = [f"up to {bound}" for bound in (*BOUNDS, "+Inf")]
RESULTS = ("hit", "miss", "pass")
OF_PAGES = (*RESULTS, "emptied")
LEVELS = ("pages", "bytes")
COLUMNS = (
    *(*OF_PAGES, *LEVELS, *STATUSES.values(), OTHER_STATUS, *BUCKETS),
    *("request seconds", "queries", "query seconds"),
)


def table() -> Table:
    """Return the table of this site's processes on this machine."""
    return _table_at(Path(settings.PARLEY_FIGURES))


@cache
def _table_at(path: Path) -> Table:
    return Table(path, COLUMNS, levels=LEVELS)


def count_request(figures: Table, status: int, seconds: float) -> None:
    """Count a request that Django answered."""
    figures.add(
        {
            STATUSES.get(status, OTHER_STATUS): 1,
            BUCKETS[bisect_left(BOUNDS, seconds)]: 1,
            "request seconds": seconds,
        }
    )


class PagesInMemory:
    """Carries what the page cache of this process has counted since the last call to the table.

    So that a hit costs nothing more, the cache counts by itself and calls this every half second.
    """

    def __init__(self, figures: Table) -> None:
        self._figures = figures
        self._told: Counter[str] = Counter()

    def __call__(self, cache: PageCache) -> None:
        counts = {name: cache.counts[name] for name in OF_PAGES}
        self._figures.add({name: counts[name] - self._told[name] for name in OF_PAGES})
        self._figures.set({"pages": len(cache), "bytes": cache.size})
        self._told = Counter(counts)
