"""The memory of all processes after load, as PSS: what they share counts once."""

from __future__ import annotations

from urllib.request import Request, urlopen

from benchmarks.reading.driving import GZIP, drive, number
from benchmarks.reading.processes import memory, tree
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Stage

SECONDS, POSTS = 5, 1_000


def measure(stage: Stage) -> Rows:
    return [
        row_of("as it comes", stage),
        row_of("without page cache", stage, PARLEY_PAGE_CACHE="0"),
    ]


def row_of(name: str, stage: Stage, **environment: str) -> Row:
    with stage.site.served(PARLEY_METRICS="127.0.0.1", **environment) as pid:
        before = memory(pid)
        press(stage)
        return {
            "site": name,
            "processes": len(tree(pid)),
            "PSS MiB before": round(before, 1),
            "PSS MiB": round(memory(pid), 1),
            "pages in memory MiB": round(in_cache(stage.site.address), 1),
            "load": load(),
        }


def in_cache(address: str) -> float:
    """Return what the caches of all processes count as theirs, in MiB."""
    with urlopen(f"{address}/metrics", timeout=60) as answer:
        said = answer.read().decode()
    return float(number(r"(?m)^parley_page_cache_bytes ([\d.e+]+)$", said)) / 2**20


def press(stage: Stage) -> None:
    """Ask for every post once, and for each of the pages many times."""
    for path in stage.posts(POSTS):
        wanted = Request(stage.site.address + path, headers={"Accept-Encoding": "gzip"})
        with urlopen(wanted, timeout=60) as answer:
            answer.read()
    for address in stage.pages.values():
        drive(address, seconds=SECONDS, headers=GZIP)
