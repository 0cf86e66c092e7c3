"""Texts are compared alike on every database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from accounts.roles import Role
from blog.models import Series, Tag
from tests.conftest import MakePost, MakeUser

TITLES = ("Über Zürich", "ÜBER ZÜRICH", "über zürich", "50% _off_", "50x Xoff", "Straße", "STRASSE")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def titled() -> None:
    for number, title in enumerate(TITLES):
        Series.objects.create(title=title, slug=f"s{number}", description="Zürich")


@pytest.mark.parametrize(
    ("lookup", "text", "found"),
    [
        ("contains", "Zür", "Über Zürich"),
        ("contains", "ÜRICH", "ÜBER ZÜRICH"),
        ("contains", "% _", "50% _off_"),
        ("contains", "OFF", ""),
        ("startswith", "ü", "über zürich"),
        ("startswith", "50% ", "50% _off_"),
        ("endswith", "RICH", "ÜBER ZÜRICH"),
        ("endswith", "_", "50% _off_"),
        ("icontains", "zÜR", "Über Zürich|ÜBER ZÜRICH|über zürich"),
        ("icontains", "XO", "50x Xoff"),
        ("icontains", "ü%", ""),
        ("istartswith", "üBER", "Über Zürich|ÜBER ZÜRICH|über zürich"),
        ("iendswith", "ÜRich", "Über Zürich|ÜBER ZÜRICH|über zürich"),
        ("iexact", "üBER ZÜRICH", "Über Zürich|ÜBER ZÜRICH|über zürich"),
        ("iexact", "straße", "Straße"),
        ("iexact", "strasse", "STRASSE"),
        ("contains", "", "|".join(TITLES)),
        ("endswith", "", "|".join(TITLES)),
    ],
)
def test_a_lookup_finds_what_it_says(lookup: str, text: str, found: str) -> None:
    titles = Series.objects.filter(**{f"title__{lookup}": text}).values_list("title", flat=True)
    assert set(titles) == set(found.split("|")) - {""}


def test_columns_are_compared_with_each_other() -> None:
    holds = Series.objects.filter(title__contains=F("description"))
    assert [one.title for one in holds] == ["Über Zürich"]


def test_the_desk_finds_names_in_any_capitals(
    client: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    make_post("ÖFFENTLICHKEIT")
    Tag.objects.create(name="Éénmalig")
    client.force_login(make_user("edda", role=Role.EDITOR))
    sought: Any
    for model, sought, found in (
        ("post", "öffentlich", "ÖFFENTLICHKEIT"),
        ("tag", "ÉÉN", "Éénmalig"),
    ):
        assert f">{found}<" in client.get(f"/admin/blog/{model}/", {"q": sought}).text
