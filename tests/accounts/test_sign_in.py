from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
URL = "/accounts/login/"


@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.Org", " ada "])
def test_user_name_and_address_both_sign_in_whatever_their_capitals(
    client: Client, make_user: Any, login: str
) -> None:
    user = make_user("ada")
    response = client.post(URL, {"login": login, "password": "correct horse"})
    assert response["Location"] == "/"
    assert get_user(client) == user


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ada", "wrong"),
        ("nobody", "correct horse"),
        ("ada\x00", "correct horse"),
        ("a" * 100_000, "correct horse"),
        ("", ""),
    ],
)
def test_anything_else_does_not_and_says_so(
    client: Client, make_user: Any, login: str, password: str
) -> None:
    make_user("ada")
    response = client.post(URL, {"login": login, "password": password})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not get_user(client).is_authenticated


def test_unknown_people_and_wrong_passwords_hear_the_same(client: Client, make_user: Any) -> None:
    make_user("ada")
    unknown = client.post(URL, {"login": "nobody", "password": "x"}).context["form"].errors
    wrong = client.post(URL, {"login": "ada", "password": "x"}).context["form"].errors
    assert unknown == wrong


def test_an_account_that_was_switched_off_stays_out(client: Client, make_user: Any) -> None:
    make_user("ada", is_active=False)
    client.post(URL, {"login": "ada", "password": "correct horse"})
    assert not get_user(client).is_authenticated


def test_the_session_ends_with_the_browser_unless_asked_to_stay(
    client: Client, make_user: Any
) -> None:
    make_user("ada")
    client.post(URL, {"login": "ada", "password": "correct horse"})
    assert client.session.get_expire_at_browser_close()
    client.post("/accounts/logout/")
    client.post(URL, {"login": "ada", "password": "correct horse", "remember": "on"})
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "\\\\evil.example"])
def test_it_leads_to_no_other_site(client: Client, make_user: Any, target: str) -> None:
    make_user("ada")
    response = client.post(URL, {"login": "ada", "password": "correct horse", "next": target})
    assert response["Location"] == "/"


def test_it_leads_back_to_the_page_one_came_from(client: Client, make_user: Any) -> None:
    make_user("ada")
    data = {"login": "ada", "password": "correct horse", "next": "/accounts/profile/"}
    assert client.post(URL, data)["Location"] == "/accounts/profile/"


def test_signing_out_takes_a_click_and_not_only_a_link(client: Client, make_user: Any) -> None:
    client.force_login(make_user())
    assert client.get("/accounts/logout/").status_code == 200
    assert get_user(client).is_authenticated
    client.post("/accounts/logout/")
    assert not get_user(client).is_authenticated


def test_the_admin_asks_at_the_sites_own_door(client: Client, make_user: Any) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    staff = make_user("ada", is_staff=True)
    credentials = {"username": "ada", "password": "correct horse"}
    assert client.post("/admin/login/", credentials).status_code == 302
    assert not get_user(client).is_authenticated
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


def test_somebody_without_a_role_finds_the_admin_closed(client: Client, make_user: Any) -> None:
    client.force_login(make_user("ada"))
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_superuser_made_on_the_machine_signs_in_at_once(client: Client) -> None:
    User.objects.create_superuser("admin", "Admin@localhost", "a long password")
    client.post(URL, {"login": "admin@localhost", "password": "a long password"})
    assert get_user(client).is_superuser


def test_an_account_without_an_address_hears_that_it_must_be_confirmed(client: Client) -> None:
    User.objects.create_user("imported", password="correct horse")
    response = client.post(URL, {"login": "imported", "password": "correct horse"}, follow=True)
    assert response.status_code == 200
    assert not get_user(client).is_authenticated
