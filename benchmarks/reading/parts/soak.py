"""Millions of requests for many pages while replies come in: what stays as it was, and what grows."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.reading.driving import GZIP, Figures, drive
from benchmarks.reading.forms import replying
from benchmarks.reading.parts.replying import GUESTS, ONE_PROXY, POSTS, REPLIES, replied_to
from benchmarks.reading.processes import memory, open_files
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Stage

SECONDS = 5  # of one run
MIXED = Path(__file__).parent.parent / "mixed.lua"


def measure(stage: Stage) -> Rows:
    given = {"PARLEY_PATHS": str(paths(stage))}
    address, tenth = stage.site.address, stage.options.requests // 10
    with (
        stage.site.served(**ONE_PROXY) as pid,
        replying(address, replied_to(stage), stage.guests(GUESTS), rate=REPLIES) as counts,
    ):
        first = run_all(address, given, tenth)
        begin = state(pid)
        others = run_all(address, given, stage.options.requests - tenth)
        end = state(pid)
    runs = first + others
    return [
        {"when": "first tenth", **begin, **times(first)},
        {"when": "last tenth", **end, **times(runs[-len(first) :])},
        {"when": "all", "requests": sum(run.requests for run in runs),
         "failed": sum(run.failed for run in runs), "replies accepted": counts["accepted"],
         "load": load()},
    ]  # fmt: skip


def paths(stage: Stage) -> Path:
    """Write the paths to ask for into a file: the four pages first, then posts."""
    four = [urlsplit(address).path for address in stage.pages.values()]
    file = Path(stage.site.environment["PARLEY_DATA"], "paths")
    file.write_text("\n".join([*four, *stage.posts(POSTS * 2)]) + "\n")
    return file


def run_all(address: str, given: dict[str, str], requests: int) -> list[Figures]:
    runs: list[Figures] = []
    while sum(run.requests for run in runs) < requests:
        run = drive(address, seconds=SECONDS, headers=GZIP, script=MIXED, given=given)
        if not run.requests:
            break
        runs.append(run)
    return runs


def state(pid: int) -> Row:
    return {"PSS MiB": round(memory(pid), 1), "open files": open_files(pid)}


def times(runs: list[Figures]) -> Row:
    return {
        "a second": round(median(run.rate for run in runs)),
        "p50 ms": round(median(run.median for run in runs), 2),
        "p99 ms": round(median(run.slowest for run in runs), 2),
    }
