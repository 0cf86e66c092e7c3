from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/accounts/password/reset/"


def test_a_forgotten_password_is_replaced_by_way_of_a_mail(
    client: Client, make_user: Any, path_in: Any
) -> None:
    user = make_user("ada")
    assert client.post(URL, {"email": "ADA@example.org"}).status_code == 302
    page = client.get(path_in(mail.outbox[0]), follow=True)
    new = {"password1": "a roof of slate", "password2": "a roof of slate"}
    client.post(page.request["PATH_INFO"], new)
    client.post("/accounts/login/", {"login": "ada", "password": "a roof of slate"})
    assert get_user(client) == user


def test_a_new_password_is_taken_at_once_however_often_the_old_one_was_wrong(
    client: Client, make_user: Any, path_in: Any
) -> None:
    user = make_user("ada")
    for _ in range(5):
        client.post("/accounts/login/", {"login": "ada@example.org", "password": "wrong"})
    client.post(URL, {"email": "ada@example.org"})
    page = client.get(path_in(mail.outbox[0]), follow=True)
    new = {"password1": "a roof of slate", "password2": "a roof of slate"}
    client.post(page.request["PATH_INFO"], new)
    client.post("/accounts/login/", {"login": "ada@example.org", "password": "a roof of slate"})
    assert get_user(client) == user


def test_a_mails_address_works_once(client: Client, make_user: Any, path_in: Any) -> None:
    make_user("ada")
    client.post(URL, {"email": "ada@example.org"})
    path = path_in(mail.outbox[0])
    page = client.get(path, follow=True)
    new = {"password1": "a roof of slate", "password2": "a roof of slate"}
    client.post(page.request["PATH_INFO"], new)
    again = Client().get(path, follow=True)
    assert again.context["token_fail"]


def test_the_answer_does_not_tell_who_has_an_account(client: Client, make_user: Any) -> None:
    make_user("ada")
    known = client.post(URL, {"email": "ada@example.org"})
    unknown = client.post(URL, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("email", ["", "ada", "ada\x00@example.org", "a" * 100_000])
def test_what_is_no_address_is_refused(client: Client, email: str) -> None:
    response = client.post(URL, {"email": email})
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


@pytest.mark.parametrize("key", ["1-set-password", "zzz-abc", "0-é", "9" * 400 + "-abc"])
def test_a_made_up_address_is_a_clear_page(client: Client, key: str) -> None:
    response = client.get(f"{URL}key/{key}/", follow=True)
    assert response.status_code == 200
    assert response.context["token_fail"]
