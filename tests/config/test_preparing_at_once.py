"""Two starts at once: the second says that it waits, and goes on when the first is done."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from config.start.locking import KEY
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db

WAITS = "Another start is preparing this site: waiting for it …\n"


@pytest.fixture(autouse=True)
def nothing_to_prepare(settings: Any, tmp_path: Path, make_user: MakeUser) -> None:
    settings.DEBUG = True
    settings.DATA_DIR = tmp_path
    settings.LOCALE_PATHS = []
    make_user("ada", is_superuser=True)


@pytest.fixture
def prepare_until(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], str]:
    """prepare_until(end) -> what a start says; where it waits, `end` ends the other one."""

    def prepare(end: Callable[[], None]) -> str:
        monkeypatch.setattr("config.start.locking.time.sleep", lambda _: end())
        output = StringIO()
        call_command("prepare", stdout=output)
        return output.getvalue()

    return prepare


def test_alone_it_says_nothing(prepare_until: Callable[[Callable[[], None]], str]) -> None:
    assert prepare_until(lambda: None) == ""


def test_in_one_data_folder(
    prepare_until: Callable[[Callable[[], None]], str], tmp_path: Path
) -> None:
    with (tmp_path / "preparing.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert prepare_until(other.close) == WAITS


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it is about PostgreSQL")
def test_in_one_database_on_several_machines(
    prepare_until: Callable[[Callable[[], None]], str],
) -> None:
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
    assert prepare_until(other.close) == WAITS
