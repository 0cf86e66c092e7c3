"""Measure what reading costs: `python -m benchmarks.reading [PART ...]`. See README.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.reading import results
from benchmarks.reading.parts import PARTS
from benchmarks.reading.stage import PAGES, peer, stage
from benchmarks.reading.writing import write

WRITE = "write"


def main() -> None:
    options = arguments()
    wanted = options.parts or [*PARTS, WRITE]
    measure([part for part in wanted if part != WRITE], options)
    if WRITE in wanted:
        write(results.read(options.results))


def measure(parts: list[str], options: argparse.Namespace) -> None:
    if not parts:
        return
    with stage(options) as shared:
        for part in parts:
            print(f"\n{part}", flush=True)
            rows = PARTS[part](shared)
            results.keep(options.results, part, rows)
            show(rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, WRITE, []], help="all of them if none is named"
    )
    parser.add_argument("--content", type=Path, help="a JSON file instead of invented posts")
    parser.add_argument("--peer", type=peer, action="append", default=[], help="see README.md")
    parser.add_argument("--results", type=Path, default=results.FILE)
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=PAGES, help="made anew")
    parser.add_argument("--seconds", type=int, default=15, help="of one uncached run")
    parser.add_argument("--rounds", type=int, default=3, help="of uncached runs and of posting")
    parser.add_argument("--posts", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--large", action="store_true", help="grow to 100,000 posts as well")
    parser.add_argument("--replies", type=int, nargs="+", default=[10, 1_000, 100_000])
    parser.add_argument("--requests", type=int, default=2_000_000, help="of the soak")
    return parser.parse_args()


def show(rows: results.Rows) -> None:
    for row in rows:
        print("  " + "   ".join(f"{name} {value}" for name, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
