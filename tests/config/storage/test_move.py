"""`./parley move`: everything of a site goes to a database of another kind, or nothing does."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.config.test_environment import start

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs a server of PostgreSQL"
)
WRITE = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Author, User
from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from outbox.models import Mail

ada = User.objects.create_user("ada", "ada@example.org", "correct horse")
post = Post(title="Zoë’s Überblick", language="nl", body="Een *tekst* 🎉")
byline = Author.objects.create(name="Ada", user=ada)
publishing.save_post(post=post, by=ada, bylines=[(byline, "author")], tags=["C++", "sociale media"])
publishing.publish(post=post, by=ada, at=timezone.now() - timedelta(days=1))
for number in range(210):
    post_comment(post=post, name=f"Wim {number}", body=f"Grüße {number}", language="nl")
decide(comments=Comment.objects.all()[:3], decision=Status.REJECTED, by=ada)
last = Comment.objects.order_by("-pk").first()
last.delete()
Mail.objects.create(kind="m", sender="a@b.example", recipients=["c@d.example"], message=bytes(range(256)))
"""
SAY = """
import json
from django.core import serializers
from django.apps import apps
models = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy]
texts = [json.dumps(json.loads(serializers.serialize("json", [row]))[0], sort_keys=True)
         for m in models for row in m._base_manager.iterator()]
print("\\n".join(sorted(texts)))
"""
REPLY = """
from comments.verbs.posting import post_comment
from blog.models import Post
print(post_comment(post=Post.objects.get(), name="Zoe", body="Once more.", language="nl").pk)
"""
REWRITE = """
from moderation.models import Decision
from django.db import DatabaseError
try:
    Decision.objects.update(by=None)
    print("rewritten")
except DatabaseError:
    print("refused")
"""


class Site:
    """One in a folder, on SQLite or at an address of PostgreSQL."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.settings = {
            "PARLEY_DATA": str(folder),
            "DATABASE_URL": url,
            "PARLEY_SECRET_KEY": "x" * 40,
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return start(self.settings, *command)

    def ask(self, code: str) -> list[str]:
        done = self.run("shell", "--no-imports", "--command", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site on SQLite: a post, replies, decisions and a mail."""
    folder = tmp_path_factory.mktemp("written")
    assert Site(folder).run("migrate").returncode == 0
    Site(folder).ask(WRITE)
    return folder


@pytest.fixture
def site(written: Path, tmp_path: Path) -> Site:
    """One that a test may change."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database on the server that the tests use."""
    name = f"move_{uuid4().hex}"
    parameters = connection.get_connection_params()
    place = {
        key: parameters[key] for key in ("host", "port", "user", "password") if key in parameters
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        login = f"{place.get('user', '')}:{place.get('password', '')}"
        yield f"postgresql://{login}@{place.get('host', '')}:{place.get('port', '')}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def what_is_left(url: str) -> list[Any]:
    """Tables, sequences and functions of a database."""
    relations = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    functions = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    with psycopg.connect(url) as server:
        return server.execute(f"{relations} UNION ALL {functions}").fetchall()


@on_postgresql
def test_a_site_moves_to_postgresql_and_back_with_everything(
    site: Site, url: str, tmp_path: Path
) -> None:
    before = site.ask(SAY)
    done = site.run("move", url)
    assert done.returncode == 0, done.stderr
    assert "set DATABASE_URL" in done.stdout
    assert site.ask(SAY) == before
    there = Site(tmp_path, url)
    assert there.ask(SAY) == before
    assert there.ask(REWRITE) == ["refused"]
    assert there.ask(REPLY) == ["211"], "no number is given twice, though the last row was deleted"
    before = there.ask(SAY)
    (tmp_path / "parley.sqlite3").rename(tmp_path / "old.sqlite3")
    done = there.run("move", "sqlite")
    assert done.returncode == 0, done.stderr
    assert "remove DATABASE_URL" in done.stdout
    assert there.ask(SAY) == before
    assert site.ask(SAY) == before
    assert site.ask(REPLY) == ["212"]
    assert site.ask(REWRITE) == ["refused"]
    assert not (tmp_path / "moving").exists()


@on_postgresql
def test_a_target_that_holds_anything_is_refused(site: Site, url: str) -> None:
    with psycopg.connect(url) as server:
        server.execute("CREATE TABLE notes (text text)")
    done = site.run("move", url)
    assert done.returncode
    assert "not empty: it has a table notes" in done.stderr
    assert "dropdb" in done.stderr
    assert "createdb" in done.stderr
    assert what_is_left(url) == [("notes",)]


@on_postgresql
@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE comments_comment SET body = 'a' || char(0) || 'b' WHERE id = 150",
        "UPDATE comments_comment SET name = printf('%.500c', 'x') WHERE id = 150",
    ],
)
def test_what_the_target_cannot_keep_is_named_and_leaves_it_empty(
    site: Site, url: str, tmp_path: Path, spoil: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "parley.sqlite3")) as database, database:
        database.execute(spoil)
    before = site.ask(SAY)
    done = site.run("move", url)
    assert done.returncode
    assert "comments_comment, row 150:" in done.stderr
    assert "Nothing has changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert what_is_left(url) == []
    assert site.ask(SAY) == before


@on_postgresql
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            "UPDATE blog_post SET series_position = 40000",
            "blog_post, row 1: series_position is 40000, and its number is not from 0 to 32767",
        ),
        (
            "UPDATE comments_comment SET name = printf('%.500c', 'x') WHERE id = 150",
            "comments_comment, row 150: name is 'xxx",
        ),
    ],
)
def test_what_is_too_large_for_its_column_is_named_with_what_to_do(
    site: Site, url: str, tmp_path: Path, spoil: str, says: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "parley.sqlite3")) as database, database:
        database.execute(spoil)
    done = site.run("move", url)
    assert done.returncode
    assert says in done.stderr
    assert "Change it on the site, then move again." in done.stderr
    assert what_is_left(url) == []


@on_postgresql
def test_a_row_that_refers_to_nothing_stops_the_move(site: Site, url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "parley.sqlite3")) as database, database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("UPDATE blog_byline SET author_id = 999")
    done = site.run("move", url)
    assert "foreign key" in done.stderr
    assert what_is_left(url) == []


def test_a_target_that_is_away_is_told_in_a_sentence(site: Site) -> None:
    done = site.run("move", "postgresql://me:pear-tree@127.0.0.1:1/parley")
    assert done.returncode
    assert "The target does not answer" in done.stderr
    assert "pear-tree" not in done.stderr


@pytest.mark.parametrize(
    ("target", "says"),
    [("sqlite", "on SQLite already"), ("mysql://x/y", "postgresql://user:password@host/name")],
)
def test_other_targets_are_refused(tmp_path: Path, target: str, says: str) -> None:
    site = Site(tmp_path)
    site.run("migrate")
    done = site.run("move", target)
    assert done.returncode
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [[], ["sqlite", "sqlite"]])
def test_a_move_to_nowhere_or_to_two_places_is_told_in_a_sentence(
    tmp_path: Path, words: list[str]
) -> None:
    done = Site(tmp_path).run("move", *words)
    assert done.returncode
    (line,) = done.stderr.strip().splitlines()
    assert "Say where to move to" in line


@on_postgresql
def test_an_empty_file_that_a_command_left_is_no_site(site: Site, url: str, tmp_path: Path) -> None:
    assert site.run("move", url).returncode == 0
    (tmp_path / "parley.sqlite3").rename(tmp_path / "old.sqlite3")
    assert Site(tmp_path).run("changepassword", "admin").returncode
    assert (tmp_path / "parley.sqlite3").exists()
    done = Site(tmp_path, url).run("move", "sqlite")
    assert done.returncode == 0, done.stderr
    assert site.ask("from blog.models import Post; print(Post.objects.count())") == ["1"]


def test_a_database_that_waits_for_migrations_is_not_moved(tmp_path: Path) -> None:
    done = Site(tmp_path).run("move", "postgresql://127.0.0.1:1/parley")
    assert "run ./parley upgrade first" in done.stderr
