"""The plot: a bar for each server and page, in the colours of the reader's system."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

WIDTH, LEFT, RIGHT = 720, 170, 110
BAR, GAP, HEAD = 16, 10, 34
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #333 }
.title { font-weight: bold }
.bar { fill: #9aa3ad }
.ours { fill: #b3541e }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd }
  .bar { fill: #6b7580 }
  .ours { fill: #e58a50 }
}"""


class Bar(NamedTuple):
    page: str
    server: str
    rate: float


def plot(results: dict[str, Any]) -> str:
    charts = {
        "From memory, requests a second": list(cached_bars(results)),
        "Made anew, requests a second": list(uncached_bars(results)),
    }
    parts, top = [], GAP
    for title, bars in charts.items():
        if bars:
            drawn, top = chart(title, bars, top)
            parts += drawn
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img">\n'
        "<title>Requests a second, by page and server</title>\n"
        f"<style>\n{STYLE}\n</style>\n{inside}\n</svg>\n"
    )


def cached_bars(results: dict[str, Any]) -> Iterator[Bar]:
    for row in results.get("cached", {}).get("rows", []):
        for server in ("Parley", "nginx"):
            yield Bar(row["page"], server, row[f"{server}, a second"])


def uncached_bars(results: dict[str, Any]) -> Iterator[Bar]:
    for row in results.get("uncached", {}).get("rows", []):
        yield Bar(row["page"], row["server"], row["a second"])


def chart(title: str, bars: list[Bar], top: int) -> tuple[list[str], int]:
    """Return the elements of a chart, and where the next one may begin."""
    most = max(bar.rate for bar in bars) or 1
    parts = [f'<text class="title" x="{GAP}" y="{top + 18}">{escape(title)}</text>']
    top += HEAD
    for page, group in groupby(bars, key=lambda bar: bar.page):
        parts.append(f'<text x="{GAP}" y="{top + 13}">{escape(page)}</text>')
        for bar in group:
            parts += drawn(bar, top, (WIDTH - LEFT - RIGHT) * bar.rate / most)
            top += BAR + 2
        top += GAP
    return parts, top + GAP


def drawn(bar: Bar, top: int, length: float) -> list[str]:
    kind = "bar ours" if bar.server == "Parley" else "bar"
    digits = 0 if bar.rate >= 100 else 1
    return [
        f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(bar.server)}</text>',
        f'<rect class="{kind}" x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}"/>',
        f'<text x="{LEFT + length + 6:.1f}" y="{top + 13}">{bar.rate:,.{digits}f}</text>',
    ]
