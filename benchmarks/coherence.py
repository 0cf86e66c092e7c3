"""Processes and threads change a site at random, and every page from memory is compared.

Run as `python -m benchmarks.coherence [--minutes 60] [--processes 4] [--threads 4]`. Each round, all
threads make a change while they read; then each process compares every page of its cache with the
page made anew (`tests.pagecache.at_once`). It ends at the first page that is old, with the changes
of that round, or says how many comparisons found none.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.site import temporary_site

ROUNDS = 25  # until processes begin anew, with empty caches


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--processes", type=int, default=4)
    options.add_argument("--threads", type=int, default=4)
    given = options.parse_args()
    statement = "from benchmarks import coherence; coherence.compare"
    with temporary_site() as site:
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        found = site.call(f"{statement}({given.minutes}, {given.processes}, {given.threads})")
    print(found)
    sys.exit("old" in found)


def compare(minutes: float, processes: int, threads: int) -> None:
    """Play rounds for so long, within a site's own process, and print what was found."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    from tests.pagecache.at_once import play  # noqa: PLC0415 - as above
    from tests.pagecache.changes import make_world  # noqa: PLC0415 - as above

    make_world(time.sleep)
    end, rounds = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        log = Path(settings.PARLEY_CHANGE_LOG)
        problems = play(
            log=log, processes=processes, threads=threads, rounds=ROUNDS, seed=rounds + 1
        )
        rounds += ROUNDS
        if problems:
            print(f"old after {rounds} rounds: {problems[0]}")
            return
    print(f"{rounds} rounds, {rounds * processes * threads} changes: every page as made anew")


if __name__ == "__main__":
    main()
