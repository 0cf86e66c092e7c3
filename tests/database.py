"""The tests' database: migrated once in a run, and copied for each of the run's processes.

The first process that needs a database migrates one, while the others wait for it. Everybody
works on a copy, by Django's own way of cloning: of a file on SQLite, by TEMPLATE on PostgreSQL.
The last to leave takes the migrated one away.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases


@contextmanager
def copy_of_migrated(folder: Path, *, process: str) -> Iterator[None]:
    """A database for `process` alone. The folder is one that the whole run has in common."""
    folder.mkdir(exist_ok=True)
    default = connections["default"]
    creation, name = default.creation, default.settings_dict["NAME"]
    migrated = f"test_{name}"
    if default.vendor == "sqlite":
        # In a file, as sites have it: in memory, threads share one cache and lock each other out.
        migrated = str(folder / "migrated.sqlite3")
        # No test survives a power cut anyway.
        default.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    default.settings_dict["TEST"]["NAME"] = migrated
    with _users(folder) as users:
        if not (folder / "is_migrated").exists():
            setup_databases(verbosity=0, interactive=False, serialized_aliases=())
            default.close()
            (folder / "is_migrated").touch()
        (users / process).touch()
        _use(migrated)
        creation.clone_test_db(suffix=process, verbosity=0, autoclobber=True)
        _use(creation.get_test_db_clone_settings(process)["NAME"])
    yield
    creation.destroy_test_db(verbosity=0)
    with _users(folder) as users:
        (users / process).unlink()
        if not any(users.iterdir()):
            (folder / "is_migrated").unlink()
            _use(migrated)
            creation.destroy_test_db(verbosity=0)
    _use(name)


@contextmanager
def _users(folder: Path) -> Iterator[Path]:
    """One file for each process with a copy; nobody else comes or goes meanwhile."""
    users = folder / "users"
    users.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield users


def _use(name: str) -> None:
    """Every thread's connection reads the name here when it is opened."""
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
