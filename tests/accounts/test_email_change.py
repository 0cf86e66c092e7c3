from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
URL = "/accounts/email/"


@pytest.fixture
def ada(client: Client, make_user: Any) -> User:
    """Signed in, and asked for the password a moment ago."""
    user: User = make_user("ada")
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    return user


def ask(client: Client, email: str) -> Any:
    return client.post(URL, {"email": email, "action_add": ""})


def test_the_old_address_holds_until_the_new_one_is_confirmed(
    client: Client, ada: User, path_in: Any
) -> None:
    assert ask(client, "Okafor@example.org")["Location"] == URL
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    client.post(path_in(mail.outbox[0]))
    ada.refresh_from_db()
    assert ada.email == "okafor@example.org"
    assert [address.email for address in ada.emailaddress_set.all()] == ["okafor@example.org"]


def test_a_confirmed_address_of_somebody_else_is_not_taken_over(
    client: Client, ada: User, make_user: Any, path_in: Any
) -> None:
    bo = make_user("bo")
    ask(client, "BO@example.org")
    client.post(path_in(mail.outbox[0]))
    ada.refresh_from_db()
    bo.refresh_from_db()
    assert (ada.email, bo.email) == ("ada@example.org", "bo@example.org")


def test_who_proves_an_address_has_it_and_who_only_claimed_it_goes_without(
    client: Client, ada: User, sign_up_data: Any, path_in: Any
) -> None:
    Client().post("/accounts/signup/", sign_up_data(username="bo", email="bo@example.org"))
    mail.outbox.clear()
    ask(client, "bo@example.org")
    client.post(path_in(mail.outbox[0]))
    ada.refresh_from_db()
    assert ada.email == "bo@example.org"
    bo = Client()
    sign_in = {"login": "bo", "password": sign_up_data()["password1"]}
    assert bo.post("/accounts/login/", sign_in, follow=True).status_code == 200
    assert "_auth_user_id" not in bo.session


@pytest.mark.parametrize("email", ["", "x", "a\x00@example.org", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_refused_at_its_field(client: Client, ada: User, email: str) -> None:
    response = ask(client, email)
    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert not mail.outbox


def test_the_password_is_asked_first_and_then_the_change_goes_on(
    client: Client, make_user: Any
) -> None:
    client.force_login(make_user("ada"))
    question = ask(client, "okafor@example.org")["Location"]
    assert question.startswith("/accounts/reauthenticate/")
    assert client.post(question, {"password": "wrong"}).context["form"].errors
    assert not mail.outbox
    client.post(question, {"password": "correct horse"}, follow=True)
    assert mail.outbox[0].to == ["okafor@example.org"]


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
