"""The move itself: it is all or nothing, and leaves the source unchanged."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from config.moving import databases
from config.moving.tables import CannotMove, Contents, clear, contents_of, copy, models

SOURCE, TARGET = DEFAULT_DB_ALIAS, "move_target"
NOT_MOVED = {"django_migrations", "cache"}
ANEW = (
    "If a move left it there that was killed, drop the database (dropdb) and make it anew (createdb): "
    "docs/running.md has both lines."
)
Tell = Callable[[str], object]


def move(url: str, tell: Tell) -> None:
    """Copy the site's database to PostgreSQL at a URL, or for "" to SQLite in the data folder.

    Raises CannotMove, after which the target is as it was.
    """
    if not url and not databases.is_postgresql(SOURCE):
        raise CannotMove("The site is on SQLite already.")
    check_migrations()
    with new_postgresql(url) if url else new_sqlite():
        copy_all(tell)


def check_migrations() -> None:
    executor = MigrationExecutor(connections[SOURCE])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotMove("The database waits for migrations: run ./parley upgrade first.")
    known = {model._meta.db_table for model in models()} | NOT_MOVED
    if others := sorted(set(databases.tables(SOURCE)) - known):
        raise CannotMove(f"The database has tables that are not Parley's: {', '.join(others)}.")


@contextlib.contextmanager
def new_postgresql(url: str) -> Iterator[None]:
    """Make every table in a PostgreSQL database, and empty it again if anything goes wrong."""
    databases.connect(TARGET, url, settings.DATA_DIR)
    try:
        if there := databases.tables(TARGET):
            raise CannotMove(f"The target is not empty: it has a table {there[0]}. {ANEW}")
        functions = databases.functions(TARGET)
    except DatabaseError as error:
        raise CannotMove(f"The target does not answer: {str(error).strip()}") from error
    try:
        migrate({"DATABASE_URL": url})
        yield
    except BaseException:
        connections[TARGET].close()
        databases.drop_all(TARGET, except_functions=functions)
        raise
    finally:
        connections[TARGET].close()


@contextlib.contextmanager
def new_sqlite() -> Iterator[None]:
    """Make an SQLite database aside, which gets its final name if all goes well."""
    place, aside = settings.DATA_DIR / "parley.sqlite3", settings.DATA_DIR / "moving"
    if place.exists():
        make_way(place)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    try:
        migrate({"DATABASE_URL": "", "PARLEY_DATA": str(aside)})
        databases.connect(TARGET, "", aside)
        yield
        publish(aside / place.name, place)
    finally:
        if TARGET in connections.settings:
            connections[TARGET].close()
        shutil.rmtree(aside)


def make_way(place: Path) -> None:
    """Delete a database without tables, such as a command makes that was run without DATABASE_URL.

    Raises CannotMove if it has tables.
    """
    try:
        with contextlib.closing(sqlite3.connect(place)) as database:
            is_empty = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error:
        is_empty = False
    if not is_empty:
        raise CannotMove(f"{place} exists: move it away first.")
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)


def publish(file: Path, place: Path) -> None:
    """Close the last connection, which leaves one file, and give the file its final name."""
    connections[TARGET].close()
    file.chmod(0o600)
    descriptor = os.open(file, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    file.rename(place)


def migrate(changes: dict[str, str]) -> None:
    """Migrate in a process whose default database is the target: some migrations use no other."""
    environment = {**os.environ, "PARLEY_SECRET_KEY": settings.SECRET_KEY, **changes}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise CannotMove(f"The tables cannot be made: {last}")


def copy_all(tell: Tell) -> None:
    every = models()
    try:
        with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
            databases.hold_still(SOURCE, every)
            databases.lift_limits(TARGET)
            for model in every:
                clear(model, using=TARGET)
            read = {model: copy(model, source=SOURCE, target=TARGET) for model in every}
            for model, contents in read.items():
                databases.go_on_from(
                    model, databases.last_number(model, using=SOURCE), using=TARGET
                )
                compare(model._meta.db_table, contents, contents_of(model, using=TARGET))
                if contents.rows:
                    tell(f"{model._meta.db_table:40}{contents.rows:>10}")
    except DatabaseError as error:
        raise CannotMove(str(error).strip()) from error


def compare(table: str, here: Contents, there: Contents) -> None:
    if here.rows != there.rows:
        raise CannotMove(f"{table} has {here.rows} rows, and {there.rows} arrived.")
    if here != there:
        raise CannotMove(f"{table} arrived with another checksum than it was read with.")
