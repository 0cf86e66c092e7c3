"""Who guesses at a password waits; whose account it is does not."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/accounts/login/"
ATTACKER, HOME = "203.0.113.7", "198.51.100.4"


def try_password(client: Client, password: str, *, login: str = "ada") -> bool:
    client.post(URL, {"login": login, "password": password})
    return get_user(client).is_authenticated


def guess(address: str, number: int = 5, *, login: str = "ada") -> None:
    for _ in range(number):
        try_password(Client(REMOTE_ADDR=address), "wrong", login=login)


@pytest.fixture(autouse=True)
def ada(make_user: Any) -> Any:
    return make_user("ada", is_staff=True)


@pytest.mark.parametrize("login", ["ada", "ada@example.org"])
def test_wrong_passwords_from_elsewhere_lock_nobody_out(login: str) -> None:
    guess(ATTACKER, 8, login=login)
    assert not try_password(Client(REMOTE_ADDR=ATTACKER), "correct horse", login=login)
    assert try_password(Client(REMOTE_ADDR=HOME), "correct horse", login=login)


def test_nor_do_they_at_the_door_of_the_admin() -> None:
    guess(ATTACKER, 8)
    browser = Client(REMOTE_ADDR=HOME)
    door = browser.get("/admin/", follow=True).redirect_chain[-1][0]
    answer = browser.post(door, {"login": "ada", "password": "correct horse"}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/admin/"


def test_three_addresses_that_guess_for_an_hour_lock_nobody_out() -> None:
    with time_machine.travel("2026-11-29 12:00Z", tick=False) as clock:
        for _ in range(11):
            for number in (1, 2, 3):
                guess(f"203.0.113.{number}")
            clock.shift(301)
        assert try_password(Client(REMOTE_ADDR=HOME), "correct horse")


def test_a_known_browser_gets_in_whoever_guesses_beside_it_and_everywhere_else(
    settings: Any,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_all": "100/h/key"}
    known = Client(REMOTE_ADDR=HOME)
    with time_machine.travel("2026-11-29 12:00Z", tick=False):
        assert try_password(known, "correct horse")
        known.post("/accounts/logout/")
        for number in range(1, 26):
            guess(f"203.0.113.{number}", 4)
        guess(HOME)
        assert not try_password(Client(REMOTE_ADDR="192.0.2.1"), "correct horse")
        assert not try_password(Client(REMOTE_ADDR=HOME), "correct horse")
        assert try_password(known, "correct horse")


def test_a_browser_is_known_to_the_accounts_that_signed_in_there_alone(make_user: Any) -> None:
    make_user("eve")
    browser = Client(REMOTE_ADDR=ATTACKER)
    assert try_password(browser, "correct horse", login="eve")
    browser.post("/accounts/logout/")
    for _ in range(5):
        try_password(browser, "wrong")
    assert not try_password(browser, "correct horse")


def test_two_accounts_share_a_known_browser(make_user: Any) -> None:
    make_user("eve")
    browser = Client(REMOTE_ADDR=HOME)
    for name in ("eve", "ada"):
        assert try_password(browser, "correct horse", login=name)
        browser.post("/accounts/logout/")
    for name in ("eve", "ada"):
        guess(HOME, login=name)
        assert try_password(browser, "correct horse", login=name)
        browser.post("/accounts/logout/")


def test_a_known_browser_does_not_guess_for_ever() -> None:
    known = Client()
    try_password(known, "correct horse")
    known.post("/accounts/logout/")
    for _ in range(10):
        try_password(known, "wrong")
    assert not try_password(known, "correct horse")


@pytest.mark.parametrize("cookie", ["forged", "forged.1", "x:y:z", "", "é"])
def test_a_forged_cookie_makes_nobody_known(cookie: str) -> None:
    browser = Client(REMOTE_ADDR=ATTACKER)
    browser.cookies["known_browser"] = cookie
    for _ in range(5):
        try_password(browser, "wrong")
    browser.cookies["known_browser"] = cookie
    assert not try_password(browser, "correct horse")


def test_who_is_right_again_and_again_is_never_too_often() -> None:
    for _ in range(12):
        assert try_password(Client(), "correct horse")
