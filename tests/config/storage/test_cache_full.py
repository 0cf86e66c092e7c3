"""While the table of the cache cannot be written, nothing is counted and nobody is refused for that."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.database_cache import TOLD_AGAIN_AFTER, DatabaseCache

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="its way to refuse what is written"),
]
FULL = "CREATE TRIGGER full_{0} BEFORE {0} ON cache BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
NO_LONGER_FULL = "DROP TRIGGER full_{0}"


def write(sql: str) -> None:
    with connection.cursor() as cursor:
        for action in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(sql.format(action))


@pytest.fixture(autouse=True)
def full_cache(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatabaseCache, "_told_at", -float(TOLD_AGAIN_AFTER))
    backend = "config.database_cache.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    cache.set("kept", 1)
    write(FULL)


def sign_in(client: Client, password: str) -> bool:
    client.post("/accounts/login/", {"login": "ada", "password": password})
    return get_user(client).is_authenticated


def test_the_right_password_is_taken_and_the_log_says_what_is_wrong(
    client: Client, make_user: Any, caplog: pytest.LogCaptureFixture
) -> None:
    make_user("ada")
    assert not sign_in(client, "wrong")
    assert sign_in(client, "correct horse")
    assert caplog.text.count("is the disk full?") == 1


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nobody_hears_too_often(client: Client, path: str) -> None:
    for number in range(3):
        assert client.post(path, {"email": f"{number}@example.org"}).status_code < 400


def test_what_is_kept_is_known_and_the_rest_is_as_in_a_cache_that_was_emptied() -> None:
    assert cache.get("kept") == 1
    assert not cache.add("kept", 2)
    assert cache.add("new", 1)
    assert cache.get("new") is None
    cache.set("new", 1)
    assert cache.incr("kept") == 2
    assert cache.get("kept") == 1
    assert not cache.delete("kept")


def test_counting_goes_on_when_there_is_room_again(client: Client, make_user: Any) -> None:
    make_user("ada")
    write(NO_LONGER_FULL)
    assert cache.add("new", 1)
    assert not cache.add("new", 2)
    for _ in range(5):
        sign_in(client, "wrong")
    assert not sign_in(client, "correct horse")
