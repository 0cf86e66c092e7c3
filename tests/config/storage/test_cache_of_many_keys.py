"""However many keys the cache's table holds, what was counted is known until it expires."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import database_cache

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def number_of_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return int(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def in_a_table(settings: Any) -> None:
    backend = "config.database_cache.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    cache.clear()


def test_no_number_of_others_makes_a_limit_forgotten(make_user: Any) -> None:
    make_user("ada")
    browser = Client()
    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            browser.post("/accounts/login/", {"login": "ada", "password": "wrong"})
        for number in range(700):
            cache.set(f"zzz{number}", 1)
            cache.add(f"{number}", 1)
        assert number_of_rows() > 1400
        browser.post("/accounts/login/", {"login": "ada", "password": "correct horse"})
    assert not get_user(browser).is_authenticated


def test_a_key_holds_what_was_written_until_it_expires() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        assert cache.add("one", 1, 10)
        assert not cache.add("one", 2, 10)
        cache.set("two", [2], 10)
        assert cache.get_many(["one", "two"]) == {"one": 1, "two": [2]}
        assert cache.touch("one", 100)
        assert not cache.touch("three", 100)
        clock.shift(timedelta(seconds=11))
        assert cache.get_many(["one", "two"]) == {"one": 1}
        assert cache.add("two", 3, 10)
        assert cache.get("two") == 3
        cache.set("ever", 1, None)
        clock.shift(timedelta(seconds=100))
        assert not cache.touch("one", 100), "nothing that expired comes back"
        assert cache.get("ever") == 1


@pytest.mark.parametrize("write", [cache.set, cache.add])
def test_a_write_takes_one_statement_and_counts_no_rows(write: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        write("one", 1)
    told = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(told) == 1
    assert "COUNT" not in told[0]


@pytest.mark.django_db(transaction=True)
def test_what_expired_is_deleted_by_who_writes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_cache, "DELETED_AGAIN_AFTER", 0)
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(20):
            cache.set(f"short{number}", 1, 10)
            cache.set(f"long{number}", 1, 1000)
        clock.shift(timedelta(seconds=11))
        cache.set("new", 1)
        assert number_of_rows() == 21


@pytest.mark.django_db(transaction=True)
def test_but_once_a_minute_and_not_by_everybody() -> None:
    cache.set("first", 1)
    with CaptureQueriesContext(connection) as asked:
        cache.set("second", 1)
    # On SQLite within a transaction, which has a place in the queue of those who write.
    told = [query["sql"] for query in asked if query["sql"] not in {"BEGIN IMMEDIATE", "COMMIT"}]
    assert len(told) == 1
