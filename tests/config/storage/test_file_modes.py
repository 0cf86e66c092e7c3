"""No other user of the machine reads the database, mails or the key, however the site is started."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WRITE = """
from django.core.mail import EmailMessage, get_connection
from django.db import connection
connection.cursor().execute("CREATE TABLE IF NOT EXISTS reply (id INTEGER)")
files = get_connection("django.core.mail.backends.filebased.EmailBackend")
EmailMessage("Hello", "Hello", to=["ada@example.org"], connection=files).send()
import os, glob
for path in [".", *glob.glob("**", recursive=True)]:
    print(path, oct(os.stat(path).st_mode & 0o777))
"""


@pytest.fixture
def modes(tmp_path: Path) -> Callable[[], dict[str, str]]:
    """modes() -> those of all that is in the data folder while a process has written there."""

    def look() -> dict[str, str]:
        data = tmp_path / "data"
        environment = {**os.environ, "PARLEY_DATA": str(data), "DATABASE_URL": "", "EMAIL_URL": ""}
        code = f"import django; django.setup()\nimport os; os.chdir({str(data)!r})\n{WRITE}"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
            umask=0o022,
            text=True,
            capture_output=True,
            check=True,
        )
        return dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines())

    return look


def test_all_that_is_new_is_for_the_sites_own_user(modes: Callable[[], dict[str, str]]) -> None:
    found = modes()
    mails = {name: mode for name, mode in found.items() if name.endswith(".log")}
    assert len(mails) == 1
    assert {name: mode for name, mode in found.items() if name not in mails} == {
        ".": "0o700",
        "mail": "0o700",
        "parley.sqlite3": "0o600",
        "parley.sqlite3-shm": "0o600",
        "parley.sqlite3-wal": "0o600",
        "secret_key": "0o600",
    }


def test_what_an_older_version_left_readable_is_taken_back(
    modes: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "mail").mkdir(parents=True)
    sqlite3.connect(data / "parley.sqlite3").close()
    for path, mode in ((data, 0o755), (data / "mail", 0o755), (data / "parley.sqlite3", 0o644)):
        path.chmod(mode)
    found = modes()
    assert (found["mail"], found["parley.sqlite3"]) == ("0o700", "0o600")
    assert found["parley.sqlite3-wal"] == "0o600"


@pytest.mark.parametrize(("before", "after"), [(0o755, 0o711), (0o711, 0o711), (0o700, 0o700)])
def test_a_front_server_may_still_pass_through_to_the_pictures(
    modes: Callable[[], dict[str, str]], tmp_path: Path, before: int, after: int
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(before)
    (data / "media").mkdir(mode=0o755)
    found = modes()
    assert found["."] == oct(after)
    assert stat.S_IMODE((data / "media").stat().st_mode) == 0o755


def test_a_disk_that_is_full_leaves_no_half_of_a_key(tmp_path: Path) -> None:
    code = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
import config.settings
"""
    environment = {**os.environ, "PARLEY_DATA": str(tmp_path / "data"), "PARLEY_SECRET_KEY": ""}
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.stderr.startswith("The data folder ")
    assert len(done.stderr.splitlines()) == 1
    assert list((tmp_path / "data").iterdir()) == []
