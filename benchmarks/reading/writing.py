"""Writes docs/performance.md and its plot from what was measured."""

# ruff: noqa: E501 - lines of the page

from __future__ import annotations

from typing import Any

from benchmarks.reading.plot import plot
from benchmarks.reading.results import Rows
from benchmarks.site import ROOT

PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
BEGINNING = """\
# Performance

How fast pages are read, beside others on the same machine in the same run. The commands of [benchmarks](../benchmarks/README.md)
make this page and its plot: `python -m benchmarks.reading`. Absolute figures tell of one machine at one time; compare the ratios.
`load` is the load average just then: above the number of processors, other programs took part of them.

![Requests a second: pages from memory beside nginx, pages made anew beside other blogs](performance.svg)
"""
# The title and the text of each part's section.
TEXTS = {
    "cached": """\
## Pages from memory

Compressed with gzip, sixteen connections, beside nginx serving the very same bytes from files; medians of short runs in turn.
The aim: a share of at least 0.7.""",
    "while-replying": """\
## Pages from memory while people reply

The same while 20 replies a second arrive, spread over 200 posts. The aim: a share of at least 0.6.""",
    "uncached": """\
## Pages made anew

With `PARLEY_PAGE_CACHE=0`, not compressed, sixteen connections. Puput's replies are flat, WordPress's are threaded, Ghost's are not
in its pages. The aim: 6 times the best on home, tag and feed, 5 times Puput and 12 times WordPress on the post, and p99 no worse.""",
    "posting": """\
## Replies

Sixteen people reply at once, through the form that readers use. The aim: 3 times the best of the others; as many on PostgreSQL as
on SQLite.""",
    "memory": """\
## Memory

All processes after every post was asked for, as PSS. The aim: at most 160 MiB and the page cache.""",
    "growth": """\
## Growth

Pages made anew, one client; the post has about 50 replies. The aim: within 1.3 times, and a first page in less than a second.""",
    "soak": """\
## Endurance

Many pages, most from memory, while 20 replies a second arrive. The aim: all stays as it was.""",
    "start": """\
## Start

`./parley serve` on a site that exists. The aim: less than 3 seconds.""",
}


def write(results: dict[str, Any]) -> None:
    sections = [section(part, results[part]) for part in TEXTS if part in results]
    PAGE.write_text("\n".join([BEGINNING, *sections]), encoding="utf-8")
    PLOT.write_text(plot(results), encoding="utf-8")


def section(part: str, told: dict[str, Any]) -> str:
    made = (
        f"`python -m benchmarks.reading {part}`, {told['at'][:10]}, {told['commit']}, "
        f"Python {told['python']}, {told['processors']} processors"
    )
    return f"{TEXTS[part]}\n\n{table(told['rows'])}\n\n{made}\n"


def table(rows: Rows) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [
        names,
        ["---"] * len(names),
        *([cell(row.get(name)) for name in names] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)
