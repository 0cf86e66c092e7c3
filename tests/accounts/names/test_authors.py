from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import Author, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Zoë de Wit", "zoë-de-wit"), ("李小龍", "李小龍"), ("🙂", "author"), ("A" * 120, "a" * 110)],
)
def test_the_address_is_made_from_the_name(make_author: Any, name: str, slug: str) -> None:
    assert make_author(name).slug == slug


def test_namesakes_get_addresses_of_their_own(make_author: Any) -> None:
    make_author("Ada", slug="ada-2")
    assert [make_author("Ada").slug for _ in range(3)] == ["ada", "ada-3", "ada-4"]


def test_a_new_name_keeps_the_address(make_author: Any) -> None:
    author = make_author("Ada")
    author.name = "Ada van Dam"
    author.save()
    assert author.slug == "ada"


def test_an_account_goes_and_the_byline_stays(make_user: Any, make_author: Any) -> None:
    author = make_author("Ada", user=make_user("ada"))
    author.user.delete()
    assert Author.objects.get().user is None


def test_an_author_is_known_by_the_address_in_fixtures(make_author: Any) -> None:
    author = make_author("Ada")
    assert Author.objects.get_by_natural_key(*author.natural_key()) == author


def test_a_fixture_carries_the_source_and_the_page_is_complete(tmp_path: Any) -> None:
    fixture = tmp_path / "people.yaml"
    fixture.write_text(
        "- model: accounts.author\n"
        "  fields: {name: Ada, slug: ada, biography: 'Writes *slowly*.'}\n"
    )
    call_command("loaddata", fixture, verbosity=0)
    assert Author.objects.get().biography_html.strip() == "<p>Writes <em>slowly</em>.</p>"


def test_a_biography_runs_no_script(make_author: Any) -> None:
    author = make_author(biography="<script>alert(1)</script> [x](javascript:alert(1))")
    assert "<script" not in author.biography_html
    assert "javascript:" not in author.biography_html.partition("href")[2]


def test_a_biography_can_stand_beside_others_and_its_links_count(make_author: Any) -> None:
    author = make_author(biography="# Me\n\n[Mine](https://ada.example)[^1]\n\n[^1]: Yes.")
    assert " id=" not in author.biography_html
    assert "<h" not in author.biography_html
    assert "nofollow" not in author.biography_html


@pytest.mark.django_db(transaction=True)
def test_the_portrait_goes_with_the_author(make_author: Any) -> None:
    author = make_author(portrait=ContentFile(b"pixels", "me.webp"))
    name = author.portrait.name
    Author.objects.all().delete()
    assert not default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_a_delete_that_is_taken_back_keeps_the_portrait(make_author: Any) -> None:
    author = make_author(portrait=ContentFile(b"pixels", "me.webp"))
    with transaction.atomic():
        author.delete()
        transaction.set_rollback(True)
    assert default_storage.exists(author.portrait.name)


@pytest.mark.parametrize(
    "other",
    [
        {"username": "ADA", "email": "other@example.org"},
        {"username": "other", "email": "ADA@example.ORG"},
    ],
)
def test_the_database_itself_takes_nobody_twice(make_user: Any, other: dict[str, str]) -> None:
    make_user("ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(**other)])


def test_people_without_an_address_are_no_namesakes() -> None:
    User.objects.create(username="imported")
    User.objects.create(username="imported-too")
    assert User.objects.filter(email="").count() == 2


def test_addresses_are_kept_in_small_letters(make_user: Any) -> None:
    user = User.objects.create_user("ada", "Ada.Okafor@Example.Org")
    assert user.email == "ada.okafor@example.org"
