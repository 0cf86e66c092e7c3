"""A mail to an address that is not proven holds nothing that somebody else wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


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
