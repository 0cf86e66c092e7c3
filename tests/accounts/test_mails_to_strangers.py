"""A mail to an address that is not proven holds nothing that somebody else wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nobody_can_fill_the_mailbox_of_another(
    client: Client, sign_up_data: Any, path: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as clock:
        for number in range(9):
            typed = sign_up_data(username=f"mina{number}", email=f"victim+{number}@example.org")
            asker = Client(REMOTE_ADDR=f"192.0.2.{number}")
            is_refused = number >= 5 and "signup" in path
            assert asker.post(path, typed).status_code == (200 if is_refused else 302)
        assert len(mail.outbox) == 5
        client.post(path, sign_up_data(email="other@example.org"))
        clock.shift(timedelta(days=1))
        Client().post(path, sign_up_data(username="victim", email="victim@example.org"))
    assert [message.to for message in mail.outbox[5:]] == [
        ["other@example.org"],
        ["victim@example.org"],
    ]


def test_who_asks_for_passwords_keeps_nobody_from_signing_up(sign_up_data: Any) -> None:
    for number in range(6):
        Client().post("/accounts/password/reset/", {"email": f"vera+{number}@example.org"})
    mail.outbox.clear()
    Client().post("/accounts/signup/", sign_up_data(username="vera", email="vera@example.org"))
    assert [message.to for message in mail.outbox] == [["vera@example.org"]]


@pytest.mark.parametrize("is_known", [True, False])
def test_who_signs_others_up_is_told_so_and_does_not_stop_them(
    sign_up_data: Any, make_user: MakeUser, is_known: bool
) -> None:
    if is_known:
        make_user("vera")
    answers = [
        Client().post(
            "/accounts/signup/", sign_up_data(username=f"v{n}era", email=f"vera+{n}@example.org")
        )
        for n in range(4)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "Try again tomorrow." in answers[-1].text
    mail.outbox.clear()
    own = Client(REMOTE_ADDR="192.0.2.9")
    typed = sign_up_data(username="veraself", email="vera@example.org")
    assert own.post("/accounts/signup/", typed).status_code == 302
    assert [message.to for message in mail.outbox] == [["vera@example.org"]]


def test_no_user_name_is_mailed_to_an_address_that_is_not_proven(
    client: Client, sign_up_data: Any
) -> None:
    name = "Gold-at-casino.example"
    for _ in range(2):
        client.post("/accounts/signup/", sign_up_data(username=name))
    client.post("/accounts/password/reset/", {"email": "mina@example.org"})
    typed = "free.gold.at.casino.example+now@example.org"
    client.post("/accounts/password/reset/", {"email": typed})
    assert len(mail.outbox) >= 3
    for message in mail.outbox:
        assert "casino" not in f"{message.subject} {message.body}".lower()
    User.objects.get().emailaddress_set.update(verified=True)
    client.post("/accounts/password/reset/", {"email": "mina@example.org"})
    assert name in mail.outbox[-1].body
