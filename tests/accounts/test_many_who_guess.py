"""Who guesses from many addresses is slowed down, and locks nobody out who signs in elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError
from django.test import Client

from tests.accounts.test_lock_out import HOME, guess, try_password

pytestmark = pytest.mark.django_db
NETWORK = "2001:db8:1:{:x}::1"


@pytest.fixture(autouse=True)
def ada(make_user: Any) -> Any:
    return make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-29 12:00Z", tick=False) as clock:
        yield clock


def opens_the_admin(address: str) -> bool:
    browser = Client(REMOTE_ADDR=address)
    door = browser.get("/admin/", follow=True).redirect_chain[-1][0]
    browser.post(door, {"login": "ada", "password": "correct horse"})
    return browser.get("/admin/").status_code == 200


def test_an_ipv6_network_of_one_customer_locks_nobody_out_elsewhere(
    clock: Any, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_all": "30/5m/key"}
    for number in range(40):
        guess(NETWORK.format(number), 1)
    assert not try_password(Client(REMOTE_ADDR=NETWORK.format(99)), "correct horse")
    assert try_password(Client(REMOTE_ADDR="2001:db8:2::1"), "correct horse")
    assert try_password(Client(REMOTE_ADDR=HOME), "correct horse")
    assert opens_the_admin(HOME)


def test_a_network_may_try_five_times_as_often_as_an_address(clock: Any) -> None:
    for number in range(24):
        guess(NETWORK.format(number), 1)
    assert try_password(Client(REMOTE_ADDR=NETWORK.format(99)), "correct horse")
    guess(NETWORK.format(24), 1)
    assert not try_password(Client(REMOTE_ADDR=NETWORK.format(99)), "correct horse")
    clock.shift(301)
    assert try_password(Client(REMOTE_ADDR=NETWORK.format(99)), "correct horse")


def test_two_hundred_addresses_do_not_lock_the_owner_out_of_site_or_admin(
    clock: Any, settings: Any
) -> None:
    most = int(settings.ACCOUNT_RATE_LIMITS["login_failed_all"].partition("/")[0])
    limits = {"login_failed": "1/5m/key", "login_failed_all": f"{most // 5}/5m/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits  # a fifth of each
    for number in range(200):
        guess(f"203.0.113.{number}", 1)
    assert try_password(Client(REMOTE_ADDR=HOME), "correct horse")
    assert opens_the_admin(HOME)


def test_a_botnet_slows_strangers_down_for_minutes_and_known_browsers_never(
    clock: Any, settings: Any
) -> None:
    known = Client(REMOTE_ADDR=HOME)
    assert try_password(known, "correct horse")
    known.post("/accounts/logout/")
    _most, per = settings.ACCOUNT_RATE_LIMITS["login_failed_all"].split("/", 1)
    limits = {"login_failed": "1/5m/key", "login_failed_all": f"10/{per}"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    for _ in range(3):
        clock.shift(301)
        for number in range(10):
            guess(f"203.0.113.{number}", 1)
        assert not try_password(Client(REMOTE_ADDR="192.0.2.1"), "correct horse")
        assert try_password(known, "correct horse")
        known.post("/accounts/logout/")
    clock.shift(301)
    assert try_password(Client(REMOTE_ADDR="192.0.2.1"), "correct horse")


def test_an_attempt_that_ends_in_an_error_does_not_count(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away(*_: Any, **__: Any) -> None:
        raise OperationalError("server closed the connection")

    browser = Client(raise_request_exception=False)
    with monkeypatch.context() as patch:
        patch.setattr("django.contrib.auth.hashers.check_password", is_away)
        patch.setattr("django.contrib.auth.base_user.check_password", is_away)
        for _ in range(12):
            assert browser.post(
                "/accounts/login/", {"login": "ada", "password": "correct horse"}
            ).status_code in (500, 503)
            clock.shift(1)
    assert try_password(browser, "correct horse")


def test_an_attempt_counts_while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who guesses in parallel gets no more guesses than who waits for each answer."""
    looked_at = 0

    def guess_meanwhile(*_: Any, **__: Any) -> bool:
        nonlocal looked_at
        looked_at += 1
        guess(HOME, 1)
        return False

    monkeypatch.setattr("django.contrib.auth.base_user.check_password", guess_meanwhile)
    guess(HOME, 1)
    assert looked_at == 5


@pytest.mark.parametrize(("password", "asked"), [("wrong", 4), ("correct horse", 8)])
@pytest.mark.parametrize("address", [HOME, NETWORK.format(1)])
def test_counting_an_attempt_asks_the_cache_no_more_than_it_must(
    monkeypatch: pytest.MonkeyPatch, settings: Any, password: str, asked: int, address: str
) -> None:
    number = 0

    def counted(name: str) -> None:
        method = getattr(LocMemCache, name)

        def ask(self: LocMemCache, keys: Any, *given: Any, **named: Any) -> Any:
            nonlocal number
            number += "login_" in str(keys if isinstance(keys, str) else list(keys))
            return method(self, keys, *given, **named)

        monkeypatch.setattr(LocMemCache, name, ask)

    for name in ("add", "get_many", "set_many", "delete"):
        counted(name)
    try_password(Client(REMOTE_ADDR=address), password)
    assert number == asked
