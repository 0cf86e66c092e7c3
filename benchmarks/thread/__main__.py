"""How long a page of a thread of a hundred thousand replies takes, ten deep. See README.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.site import Site, temporary_site
from benchmarks.thread.giant import write_content


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=int, default=100_000)
    replies = options.parse_args().replies
    with temporary_site() as site:
        fill(site, replies)
        print(site.call("from benchmarks.thread.pages import measure; measure()"))


def fill(site: Site, replies: int) -> Path:
    """Store the thread, and return the file with its content, for other programs."""
    content = Path(site.environment["PARLEY_DATA"], "content.json")
    write_content(content, replies)
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    site.call(f"from benchmarks.load_content import load; load({str(content)!r})")
    return content


if __name__ == "__main__":
    main()
