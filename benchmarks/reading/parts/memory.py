"""The memory of all processes after load, as PSS: what they share counts once."""

from __future__ import annotations

from urllib.request import urlopen

from benchmarks.reading.driving import GZIP, drive
from benchmarks.reading.processes import memory, tree
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Stage

SECONDS, POSTS = 5, 1_000


def measure(stage: Stage) -> Rows:
    rows = [
        row_of("as it comes", stage),
        row_of("without page cache", stage, PARLEY_PAGE_CACHE="0"),
    ]
    own = rows[0]["PSS MiB"] - rows[1]["PSS MiB"]
    return [*rows, {"site": "the difference", "PSS MiB": round(own, 1)}]


def row_of(name: str, stage: Stage, **environment: str) -> Row:
    with stage.site.served(**environment) as pid:
        before = memory(pid)
        press(stage)
        return {
            "site": name,
            "processes": len(tree(pid)),
            "PSS MiB before": round(before, 1),
            "PSS MiB": round(memory(pid), 1),
            "load": load(),
        }


def press(stage: Stage) -> None:
    """Ask for every post once, and for each of the pages many times."""
    for path in stage.posts(POSTS):
        with urlopen(stage.site.address + path, timeout=60) as answer:
            answer.read()
    for address in stage.pages.values():
        drive(address, seconds=SECONDS, headers=GZIP)
