"""How long the moderators' desk takes to answer with ten thousand replies waiting.

Run as `python -m benchmarks.desk [--waiting 10000]`. Times are milliseconds from request to answer
within one process: the median, the longest, and the median of processor time, which does not grow
when the machine has other things to do. Each median is to stay under 200. At the end a hundred
replies are cleared by keys in Chromium, on the production server, which is to take under a minute.
"""

from __future__ import annotations

import argparse

from benchmarks.desk.keys import clear_by_keys
from benchmarks.site import temporary_site

POSTS = 200
CLEARED = 100


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--waiting", type=int, default=10_000)
    waiting = options.parse_args().waiting
    with temporary_site() as site:
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        site.manage("demo_data", "--posts", str(POSTS), "--replies", str(2 * waiting))
        print(site.call(f"from benchmarks.desk.actions import measure; measure({waiting})"))
        print(clear_by_keys(site, CLEARED))


if __name__ == "__main__":
    main()
