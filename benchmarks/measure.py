"""Measure pages of sites of several sizes, and how the figures change with the size. See README.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.drivers import Figures, drive
from benchmarks.site import Site, temporary_site

REPLIES_PER_POST = 10
WARM_UP = 2
Table = dict[str, Figures]


def main() -> None:
    options = arguments()
    sizes = {f"{posts:,} posts": filler(posts) for posts in options.posts}
    if options.content:
        content = str(options.content.resolve())
        sizes = {options.content.name: lambda site: load(site, content)}
    tables = {}
    for name, fill in sizes.items():
        print(f"\n{name}", flush=True)
        tables[name] = measure(fill, options)
    if len(tables) > 1:
        show_growth(tables)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--content", type=Path, help="a JSON file instead of invented posts")
    parser.add_argument("--pages", nargs="+", help="of home, post, tag and feed; all by default")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--runs", type=int, default=1, help="the median of this many is shown")
    return parser.parse_args()


def filler(posts: int) -> Callable[[Site], None]:
    return lambda site: fill(site, posts)


def fill(site: Site, posts: int) -> None:
    replies = posts * REPLIES_PER_POST
    site.manage("demo_data", "--posts", str(posts), "--replies", str(replies))


def load(site: Site, content: str) -> None:
    site.call(f"from benchmarks.load_content import load; load({content!r})")


def measure(fill: Callable[[Site], None], options: argparse.Namespace) -> Table:
    table: Table = {}
    with temporary_site() as site:
        fill(site)
        pages = site.pages()
        with site.served():
            for name in options.pages or pages:
                table[name] = median_of_runs(pages[name], options)
                show(name, table[name])
    return table


def median_of_runs(address: str, options: argparse.Namespace) -> Figures:
    drive(address, clients=options.clients, seconds=WARM_UP)
    runs = [
        drive(address, clients=options.clients, seconds=options.seconds)
        for _ in range(options.runs)
    ]
    return sorted(runs)[len(runs) // 2]


def show(name: str, figures: Figures) -> None:
    load, _, _ = os.getloadavg()
    print(
        f"  {name:5} {figures.rate:8.1f} requests/s   median {figures.median:7.1f} ms   "
        f"p99 {figures.slowest:7.1f} ms   {figures.failed} failed   load {load:.1f}",
        flush=True,
    )


def show_growth(tables: dict[str, Table]) -> None:
    """Print requests a second by size, and the last as a share of the first: 1 means no slowdown."""
    first, *_, last = tables.values()
    print(
        f"\n{'requests/s':12}" + "".join(f"{name:>15}" for name in tables) + f"{'last/first':>13}"
    )
    for page in first:
        rates = "".join(f"{table[page].rate:15.1f}" for table in tables.values())
        print(f"{page:12}{rates}{last[page].rate / first[page].rate:13.2f}")


if __name__ == "__main__":
    main()
