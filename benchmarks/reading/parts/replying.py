"""Pages from the page cache while replies are accepted, beside nginx with the same bytes in files."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.reading import nginx
from benchmarks.reading.compare import Server, compare
from benchmarks.reading.driving import GZIP, drive, number
from benchmarks.reading.forms import replying
from benchmarks.reading.results import Row, Rows
from benchmarks.reading.stage import PAGES, Stage
from benchmarks.site import running

REPLIES, POSTS = 20, 200  # a second, and spread over so many
GUESTS = 1_000
SECONDS = 5  # in which hits are counted
ONE_PROXY = {"PARLEY_PROXIES": "1"}  # so that each reply can have its own client address
COUNTER = Path(__file__).parent.parent / "hits.lua"
DEBUG = {"DJANGO_DEBUG": "1", "PARLEY_PAGE_CACHE": "64"}


def measure(stage: Stage) -> Rows:
    posts = replied_to(stage)
    with stage.site.served(**ONE_PROXY) as pid, nginx.serving(stage.pages) as other:
        ours = Server("Parley", pid, stage.pages)
        rows = [row_of(ours, other, page, posts, stage) for page in PAGES]
    shares = shares_of_hits(stage, posts)
    return [{**row, "hits %": shares[row["page"]]} for row in rows]


def replied_to(stage: Stage) -> list[str]:
    """Return the paths of the newest posts and of the one that is measured."""
    measured = urlsplit(stage.pages["post"]).path
    return [measured, *(path for path in stage.posts(POSTS) if path != measured)][:POSTS]


def row_of(ours: Server, other: Server, page: str, posts: list[str], stage: Stage) -> Row:
    guests, before = stage.guests(GUESTS), stage.appeared()
    with replying(stage.site.address, posts, guests, rate=REPLIES) as counts:
        row = compare(ours, other, page)
    appeared = stage.appeared() - before
    return {
        **row,
        "accepted": counts["accepted"],
        "refused": counts["refused"],
        "appeared": appeared,
    }


def shares_of_hits(stage: Stage, posts: list[str]) -> dict[str, float]:
    """Return the percentage of answers from memory, which the site tells in debug mode."""
    site, guests = stage.site, stage.guests(GUESTS)
    environment = {**site.environment, **ONE_PROXY, **DEBUG}
    command = [sys.executable, "-m", "config.serving", "--bind", f"127.0.0.1:{site.port}"]
    with (
        running(command, site.address, environment),
        replying(site.address, posts, guests, rate=REPLIES),
    ):
        return {page: share_of_hits(stage.pages[page]) for page in PAGES}


def share_of_hits(address: str) -> float:
    said = drive(address, seconds=SECONDS, headers=GZIP, script=COUNTER).said
    answers, made = number(r"answers (\d+)", said), number(r"made (\d+)", said)
    return round(100 * (1 - int(made) / max(int(answers), 1)), 2)
