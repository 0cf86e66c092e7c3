"""Cause each fault at a site with PostgreSQL and Redis, and print the result. See README.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.faults import disk, plays, services
from benchmarks.faults.stage import Row, staged


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="parley-faults-") as name:
        folder = Path(name)
        with services.postgresql(folder) as database, services.redis(folder) as cache:
            services.create_database(database, "parley", folder)
            rows = [plays.two_first_starts(folder, database)]
            with staged(folder / "site", database=database, cache=cache) as stage:
                rows += [play(stage) for play in plays.PLAYS]
        rows += disk.full_disk(folder)
    show(sorted(rows, key=lambda row: row.number))
    if not all(row.holds for row in rows):
        sys.exit("Not all of it holds.")


def show(rows: list[Row]) -> None:
    print("| | fault | what readers see | how long | holds |\n|---|---|---|---|---|")
    for row in rows:
        cells = (row.number, row.fault, row.seen, row.lasted, "yes" if row.holds else "**no**")
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
