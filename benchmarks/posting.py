"""How many replies a second the site takes, and whether it keeps every one. See README.md."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.site import Site, temporary_site
from benchmarks.timing import loop, milliseconds

SCRIPT = Path(__file__).with_suffix(".lua")
COUNT = "from comments.models import Comment; print(Comment.objects.count())"
ADDRESS = "from blog.models import Post; print(Post.objects.first().address)"


def main() -> None:
    options = arguments()
    os.environ["PARLEY_PROXIES"] = "1"  # so that each reply can have its own client address
    with temporary_site() as site:
        site.manage("demo_data", "--posts", "100", "--replies", str(options.replies))
        with site.served():
            address = site.call(ADDRESS).strip()
            for _ in range(options.runs):
                run(site, f"/{address}/reply/", options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=1_000, help="how many there are before")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def run(site: Site, path: str, options: argparse.Namespace) -> None:
    before, speed = int(site.call(COUNT)), milliseconds(loop)
    command = ["wrk", "-t1", f"-c{options.clients}", f"-d{options.seconds}s", "--timeout", "20s"]
    said = subprocess.run(
        [*command, "-s", str(SCRIPT), site.address, "--", path],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    ).stdout
    kept = int(site.call(COUNT)) - before
    answered, seconds = int(found(r"(\d+) requests in", said)), float(found(r"in ([\d.]+)s", said))
    failed = int(found(r"Non-2xx or 3xx responses: (\d+)", said) or 0)
    times = found(r"(median .*)", said)
    print(
        f"{(answered - failed) / seconds:7.1f} replies a second, {times} ms;"
        f" {answered} answered, {failed} refused, {kept} kept; loop {speed:.1f} ms"
    )


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""


if __name__ == "__main__":
    main()
