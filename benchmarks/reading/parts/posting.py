"""How many replies a second are taken, sixteen people at once, and that every one is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from benchmarks.reading.driving import Figures, drive
from benchmarks.reading.forms import SCRIPT, Form, our_form, their_form
from benchmarks.reading.parts.replying import ONE_PROXY
from benchmarks.reading.results import Row, Rows, load
from benchmarks.reading.stage import Stage, fill, newest_posts
from benchmarks.site import Site, temporary_site

SECONDS = 8
COUNT = "from comments.models import Comment; print(Comment.objects.count())"
DATABASE = "DATABASE_URL"


def measure(stage: Stage) -> Rows:
    rows = [ours("Parley, SQLite", stage, database="")]
    if database := os.environ.get(DATABASE):
        rows.append(ours("Parley, PostgreSQL", stage, database=database))
    for peer in stage.peers:
        form = their_form(peer.pages["reply"]) if "reply" in peer.pages else None
        if form:
            runs = [sent(form, form.action) for _ in range(stage.options.rounds)]
            rows.append(row_of(peer.name, runs, kept="not counted"))
    first = rows[0]["a second"]
    return [{**row, "Parley on SQLite, times as many": round(first / row["a second"], 2)}
            if row["a second"] else row for row in rows]  # fmt: skip


def ours(name: str, stage: Stage, *, database: str) -> Row:
    with site_on(database, stage) as site, site.served(**ONE_PROXY):
        before = int(site.call(COUNT))
        (post,) = newest_posts(site, 1)
        form = our_form(post)
        runs = [sent(form, site.address + form.action) for _ in range(stage.options.rounds)]
        return row_of(name, runs, kept=int(site.call(COUNT)) - before)


@contextmanager
def site_on(database: str, stage: Stage) -> Iterator[Site]:
    """Fill a site of its own, on the PostgreSQL at this address or on SQLite."""
    with temporary_site(**{DATABASE: database}) as site:
        fill(site, stage.options.content)
        yield site


def sent(form: Form, address: str) -> Figures:
    return drive(address, seconds=SECONDS, script=SCRIPT, given=form.for_script())


def row_of(name: str, runs: list[Figures], *, kept: int | str) -> Row:
    return {
        "server": name,
        "a second": round(median(run.rate - run.failed / SECONDS for run in runs), 1),
        "p50 ms": round(median(run.median for run in runs), 1),
        "p99 ms": round(median(run.slowest for run in runs), 1),
        "answered": sum(run.requests - run.failed for run in runs),
        "refused": sum(run.failed for run in runs),
        "kept": kept,
        "load": load(),
    }
