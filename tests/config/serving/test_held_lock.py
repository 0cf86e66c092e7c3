"""Another program keeps SQLite's lock for writing: forms are refused soon, and reading goes on."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.config.serving.conftest import ROOT, Serve, Site

TOKEN = "a" * 32
MANY = 10


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Of a post on the site that is served next."""
    own = {"PARLEY_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "CACHE_URL": ""}
    environ = {**os.environ, **own}
    for command in ("migrate -v 0", "demo_data --posts 1 --replies 0"):
        manage = [sys.executable, "manage.py", *command.split()]
        subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(tmp_path / "data" / "parley.sqlite3")) as database:
        (found,) = database.execute(
            "SELECT address FROM blog_post WHERE status = 'published'"
        ).fetchone()
    return f"/{quote(found)}/"


@contextmanager
def sqlites_own(data: Path) -> Iterator[None]:
    """As a program does that knows nothing of the queue."""
    with closing(sqlite3.connect(data / "parley.sqlite3", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def of_the_queue(data: Path) -> Iterator[None]:
    """As a command of ours does that works for long."""
    with (data / "parley.sqlite3-writers").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with sqlites_own(data):
            yield


@pytest.fixture(params=[sqlites_own, of_the_queue])
def held(request: pytest.FixtureRequest, tmp_path: Path, address: str) -> Iterator[ExitStack]:
    """What keeps the lock until it is closed."""
    with ExitStack() as holder:
        holder.enter_context(request.param(tmp_path / "data"))
        yield holder


def reply(number: int) -> bytes:
    typed = {"reply": f"Thought no. {number}", "name": "Nora", "email": f"n{number}@example.org"}
    return urlencode({**typed, "csrfmiddlewaretoken": TOKEN}).encode()


def test_who_reads_is_answered_and_who_writes_keeps_the_text(
    serve: Serve, address: str, held: ExitStack
) -> None:
    site = serve(PARLEY_DATABASE_TIMEOUT="1")
    body = reply(0)
    waiting = [
        site.send(
            f"POST {address}reply/ HTTP/1.1",
            "Host: localhost",
            f"Cookie: csrftoken={TOKEN}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
            body=body,
        )
        for _ in range(MANY)
    ]
    assert site.ask(address).status == 200
    for connection in waiting:
        answer = connection.makefile("rb").read().decode()
        assert answer.startswith("HTTP/1.1 503")
        assert "Thought no. 0" in answer
        connection.close()
    assert site.log.count("does not answer: database is locked\n") == 1
    assert "Traceback" not in site.log
    held.close()
    assert status_of_reply(site, address) == 201
    assert site.log.count("answers again") == 1


@pytest.mark.usefixtures("held")
def test_who_signs_in_waits_once_and_not_at_each_count(serve: Serve) -> None:
    site = serve(PARLEY_DATABASE_TIMEOUT="1")
    typed = {"login": "nobody", "password": "wrong horse", "csrfmiddlewaretoken": TOKEN}
    for _ in range(2):
        page = site.ask("/accounts/login/", urlencode(typed).encode(), cookie=f"csrftoken={TOKEN}")
        assert page.status in {200, 503}
    assert site.log.count("does not answer") == 1
    assert "is the disk full?" not in site.log


def status_of_reply(site: Site, address: str) -> int:
    """Of one that is sent until the lock is looked at again."""
    while True:
        answer = site.ask(f"{address}reply/?fragment=1", reply(1), cookie=f"csrftoken={TOKEN}")
        if answer.status != 503:
            return answer.status
