from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_after_five_wrong_passwords_even_the_right_one_waits(
    client: Client, make_user: Any
) -> None:
    make_user("ada")
    for _ in range(5):
        client.post("/accounts/login/", {"login": "ada", "password": "wrong"})
    response = client.post("/accounts/login/", {"login": "ada", "password": "correct horse"})
    assert response.context["form"].non_field_errors()
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/accounts/login/", 30), ("/accounts/signup/", 20), ("/accounts/password/reset/", 20)],
)
def test_too_many_from_one_place_hear_429(client: Client, path: str, allowed: int) -> None:
    for number in range(allowed):
        assert client.post(path, {"email": f"{number}@example.org"}).status_code < 400
    refused = client.post(path, {"email": "one.more@example.org"})
    assert refused.status_code == 429
    assert refused["Content-Type"].startswith("text/html")
    assert client.get(path).status_code == 200, "looking is always allowed"


def test_each_visitor_behind_our_proxy_has_a_limit_of_their_own(
    client: Client, settings: Any
) -> None:
    settings.PARLEY_PROXIES = 1
    for _ in range(21):
        first = client.post("/accounts/signup/", {}, headers={"x-forwarded-for": "203.0.113.7"})
    other = client.post("/accounts/signup/", {}, headers={"x-forwarded-for": "203.0.113.8"})
    assert (first.status_code, other.status_code) == (429, 200)


@pytest.mark.parametrize("hop", ["unknown", "_gone", ""])
def test_a_proxy_that_does_not_know_whence_lifts_no_limit(
    client: Client, settings: Any, hop: str
) -> None:
    settings.PARLEY_PROXIES = 1
    for _ in range(21):
        last = client.post("/accounts/signup/", {}, headers={"x-forwarded-for": hop})
    assert last.status_code == 429


def test_a_whole_ipv6_network_has_a_limit_too(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        for number in range(150):
            peer = f"2001:db8:1:{number:x}::1"
            assert client.post("/accounts/signup/", {}, REMOTE_ADDR=peer).status_code == 200
        refused = client.post("/accounts/login/", {}, REMOTE_ADDR="2001:db8:1:ffff::1")
        elsewhere = client.post("/accounts/login/", {}, REMOTE_ADDR="2001:db8:2:1::1")
    assert (refused.status_code, elsewhere.status_code) == (429, 200)
    assert refused["Content-Type"].startswith("text/html")


def test_a_forged_header_gives_no_new_limit(client: Client) -> None:
    for number in range(21):
        last = client.post(
            "/accounts/signup/", {}, headers={"x-forwarded-for": f"203.0.113.{number}"}
        )
    assert last.status_code == 429
