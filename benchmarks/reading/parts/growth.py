"""What an uncached page costs as the site grows, and the first page after a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from benchmarks.reading.driving import drive
from benchmarks.reading.processes import processor_seconds
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Stage, fill, newest_posts, pages_of
from benchmarks.site import Site, temporary_site
from benchmarks.thread.giant import write_content

LARGE = 100_000
SECONDS, WARM_UP = 4, 1
UNCACHED = {"PARLEY_PAGE_CACHE": "0"}


def measure(stage: Stage) -> Rows:
    """Fill all sites, and measure them one after the other then, so that the machine is the same."""
    options = stage.options
    sizes = [*options.posts, *([LARGE] if options.large else [])]
    with ExitStack() as stack:
        sites = [stack.enter_context(with_posts(posts)) for posts in sizes]
        sites += [stack.enter_context(with_replies(replies)) for replies in options.replies]
        return with_ratios([row for filled in sites for row in rows_of(filled)])


class Filled(NamedTuple):
    """A site and the full addresses of its pages by name."""

    site: Site
    size: str
    pages: dict[str, str]


@contextmanager
def with_posts(posts: int) -> Iterator[Filled]:
    with temporary_site() as site:
        site.manage("demo_data", "--posts", str(posts), "--replies", str(posts * 10))
        yield Filled(site, f"{posts:,} posts", pages_of(site))


@contextmanager
def with_replies(replies: int) -> Iterator[Filled]:
    with temporary_site() as site:
        content = Path(site.environment["PARLEY_DATA"], "content.json")
        write_content(content, replies)
        fill(site, content)
        (thread,) = newest_posts(site, 1)
        yield Filled(site, f"{replies:,} replies", {"thread": site.address + thread})


def rows_of(filled: Filled) -> Rows:
    site, size, pages = filled
    with site.served():
        pass  # makes what a first start makes
    first = {page: first_page(site, address) for page, address in pages.items()}
    with site.served(**UNCACHED) as pid:
        return [row_of(size, page, address, pid, first[page]) for page, address in pages.items()]


def first_page(site: Site, address: str) -> float:
    """Return the seconds that the first page takes after a start."""
    with site.served(waits_for="/healthz"):
        start = time.perf_counter()
        with urlopen(address, timeout=60) as answer:
            answer.read()
        return time.perf_counter() - start


def row_of(size: str, page: str, address: str, pid: int, first: float) -> Row:
    drive(address, seconds=WARM_UP, clients=1)
    before = processor_seconds(pid)
    figures = drive(address, seconds=SECONDS, clients=1)
    spent = processor_seconds(pid) - before
    return {
        "size": size,
        "page": page,
        "p50 ms": round(figures.median, 1),
        "ms of CPU": round(1000 * spent / max(figures.requests, 1), 1),
        "first page, s": round(first, 3),
        "load": load(),
    }


def with_ratios(rows: Rows) -> Rows:
    """Add what each page costs beside the smallest site's, in processor time."""
    smallest: dict[str, float] = {}
    for row in rows:
        smallest.setdefault(row["page"], row["ms of CPU"])
    return [{**row, "times the smallest": round(row["ms of CPU"] / smallest[row["page"]], 2)}
            for row in rows]  # fmt: skip
