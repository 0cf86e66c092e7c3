"""A reader's account cannot take a name that others would take for an author's or a moderator's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Author, User
from accounts.namesakes import namesake
from accounts.roles import Role

pytestmark = pytest.mark.django_db
PROFILE, SIGN_UP = "/accounts/profile/", "/accounts/signup/"
REFUSED = "This name reads like that of somebody who writes or moderates here."
LIKE_THEIRS = ["Ada O’Brien", "Adа OBrіen", "Ada 0’Brien ✓ author", "Mo Kim", "ada_o.brien"]


@pytest.fixture(autouse=True)
def people(make_user: Any) -> None:
    make_user("ada", role=Role.AUTHOR, display_name="Ada O’Brien")
    make_user("mo", role=Role.MODERATOR, display_name="Mo Kirn")


@pytest.fixture
def ria(make_user: Any, client: Client) -> User:
    ria: User = make_user("ria")
    client.force_login(ria)
    return ria


@pytest.mark.parametrize("name", LIKE_THEIRS)
def test_the_profile_refuses_it_in_words_and_keeps_what_was_typed(
    client: Client, ria: User, name: str
) -> None:
    page = client.post(PROFILE, {"display_name": name}).text
    assert REFUSED in page
    assert f'value="{name}"' in page
    ria.refresh_from_db()
    assert ria.public_name == "ria"


@pytest.mark.parametrize("name", ["Ada", "Adam O’Brien", "Ria", ""])
def test_the_profile_takes_any_other(client: Client, ria: User, name: str) -> None:
    assert client.post(PROFILE, {"display_name": name}).status_code == 302


@pytest.mark.parametrize("username", ["ada-obrien", "Mo.Kirn", "mo-kim"])
def test_so_does_the_page_on_which_accounts_are_made(client: Client, username: str) -> None:
    form = {"username": username, "email": "new@example.org", "password1": "herons in town"}
    assert REFUSED in client.post(SIGN_UP, form).text
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_user_name_is_looked_at_where_it_will_be_shown(client: Client, make_user: Any) -> None:
    old = make_user("nel-smit", display_name="Nel")
    Author.objects.create(name="Nel Smit")
    client.force_login(old)
    assert REFUSED in client.post(PROFILE, {"display_name": ""}).text


def test_a_name_from_before_its_namesake_came_stays(client: Client, ria: User) -> None:
    User.objects.filter(pk=ria.pk).update(display_name="Nel Smit")
    Author.objects.create(name="Nel Smit")
    assert client.post(PROFILE, {"display_name": "Nel Smit"}).status_code == 302


def test_moderators_keep_their_own(client: Client) -> None:
    client.force_login(User.objects.get(username="mo"))
    data = {"display_name": "mo kirn", "reply_mails": "each"}
    assert client.post(PROFILE, data).status_code == 302
    assert REFUSED in client.post(PROFILE, data | {"display_name": "Ada OBrien"}).text


def test_who_has_just_come_or_gone_is_known_at_once() -> None:
    assert namesake("Nel Smit", besides=None) is None
    nel = Author.objects.create(name="Nel Smit")
    assert namesake("nel smit", besides=None) == "Nel Smit"
    nel.delete()
    assert namesake("Nel Smit", besides=None) is None
    User.objects.get(username="mo").delete()
    assert namesake("Mo Kirn", besides=None) is None


def test_the_names_are_asked_for_once() -> None:
    namesake("Wim", besides=None)
    with CaptureQueriesContext(connection) as asked:
        namesake("Ada O’Brien", besides=None)
    assert len(asked) == 0
