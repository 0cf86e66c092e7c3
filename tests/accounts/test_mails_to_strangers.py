"""A mail to an address that is not proven holds nothing that somebody else wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nobody_can_fill_the_mailbox_of_another(
    client: Client, sign_up_data: Any, path: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as clock:
        for number in range(9):
            typed = sign_up_data(username=f"mina{number}", email=f"victim+{number}@example.org")
            assert Client().post(path, typed).status_code == 302
        assert len(mail.outbox) == 5
        client.post(path, sign_up_data(email="other@example.org"))
        clock.shift(timedelta(days=1))
        Client().post(path, sign_up_data(username="victim", email="victim@example.org"))
    assert [message.to for message in mail.outbox[5:]] == [
        ["other@example.org"],
        ["victim@example.org"],
    ]


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
