"""Lists of names are in the order in which people look for them, on every database."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from lxml.html import fromstring

from accounts.models import Author
from accounts.roles import Role
from blog.models import Category, Series, Tag
from comments.models import Status
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from tests.conftest import MakePost
from web.collation import sort_key

IN_ORDER = [
    "🎉",
    "1984",
    "Äpfel",
    "Apfelkuchen",
    "“Avond”",
    "C",
    "C#",
    "C++",
    "de Wit",
    "Élan",
    "Elane",
    "IJsland",
    "ijsvrij",
    "Ijzer",
    "İstanbul",
    "Łódź",
    "LOK",
    "lokaal",
    "Øre",
    "Oreade",
    "Strase",
    "Straße",
    "Strassen",
    "“Überblick”",
    "Uber-Fahrt",
    "Web",
    "web design",
    "Webcam",
    "Zürich",
    "Ελλάδα",
    "Жизнь",
    "हिन्दी",
    "東京",
]


def backwards() -> list[str]:
    return list(reversed(IN_ORDER))


def test_names_are_in_the_order_of_a_dictionary() -> None:
    assert sorted(backwards(), key=sort_key) == IN_ORDER


def test_capitals_and_accents_tell_apart_what_is_the_same_otherwise() -> None:
    assert sorted(["résumé", "Resume", "resume", "Résumé"], key=sort_key) == [
        "Resume",
        "resume",
        "Résumé",
        "résumé",
    ]


def listed(page: str, section: str) -> list[str]:
    (found,) = fromstring(page).xpath(f"//section[@aria-labelledby='{section}']")
    return [str(link.text_content()) for link in found.iter("a")]


def test_the_archive_lists_names_in_order(client: Client, make_post: MakePost) -> None:
    for number, name in enumerate(backwards()):
        make_post(
            name,
            authors=[Author.objects.create(name=name)],
            category=Category.objects.create(name=name, slug=f"c{number}"),
            series=Series.objects.create(title=name, slug=f"s{number}"),
            tags=[],
        ).tags.add(Tag.objects.create(name=name, slug=f"t{number}"))
    page = client.get("/archive/").text
    for section in ("by-author", "by-category", "by-series", "by-tag"):
        assert listed(page, section) == IN_ORDER


def test_categories_come_each_below_its_parent(client: Client, make_post: MakePost) -> None:
    web = Category.objects.create(name="Web", slug="a-web")
    over = Category.objects.create(name="Überblick", slug="ueberblick")
    for name, parent in (("Zoo", over), ("Ähren", over), ("Blog", web)):
        make_post(name, category=Category.objects.create(name=name, slug=name, parent=parent))
    shown = ["Überblick", "Ähren", "Zoo", "Web", "Blog"]
    assert listed(client.get("/archive/").text, "by-category") == shown
    over.name = "Xylofon"
    over.save()
    shown = ["Web", "Blog", "Xylofon", "Ähren", "Zoo"]
    assert listed(client.get("/archive/").text, "by-category") == shown


@pytest.mark.parametrize("query", ["", "?o=1"])
@pytest.mark.parametrize("kind", ["blog/tag", "blog/series", "blog/category", "accounts/author"])
def test_the_desk_lists_names_in_order(
    admin_client: Client, db: None, kind: str, query: str
) -> None:
    model = apps.get_model(kind.replace("/", "."))
    field = "title" if model is Series else "name"
    model.objects.all().delete()
    for number, name in enumerate(backwards()):
        model.objects.create(**{field: name}, slug=f"s{number}")
    page = fromstring(admin_client.get(f"/admin/{kind}/{query}").text)
    found = page.xpath("//*[contains(@class, 'field-listed_name')]")
    assert [cell.text_content() for cell in found] == IN_ORDER


def test_the_lists_to_choose_from_are_in_order(
    admin_client: Client, make_post: MakePost, make_author: Any
) -> None:
    for name in ("Web", "“Überblick”", "Äpfel"):
        make_post(name, authors=[make_author(name)])
    page = fromstring(admin_client.get("/admin/blog/post/").text)
    links = page.xpath("//details[@data-filter-title='author']//a")
    assert [link.text_content().strip() for link in links][1:] == ["Äpfel", "“Überblick”", "Web"]
    ask = {"app_label": "blog", "model_name": "byline", "field_name": "author"}
    found = admin_client.get("/admin/autocomplete/", ask).json()["results"]
    assert [one["text"] for one in found] == ["Äpfel", "“Überblick”", "Web"]


def test_moderators_are_listed_by_the_names_that_are_shown(
    admin_client: Client, make_user: Any, make_post: MakePost
) -> None:
    post = make_post()
    for username, name in (("a", "Web"), ("b", "Überblick"), ("c", "äpfel")):
        user = make_user(username, role=Role.MODERATOR, display_name=name)
        comment = post_comment(
            post=post, body="Well.", language="en", name="W", email="w@x.example"
        )
        decide(comments=[comment], decision=Status.REMOVED, by=user)
    page = fromstring(admin_client.get("/admin/comments/decision/").text)
    links = page.xpath("//details[@data-filter-title='Moderator']//a")
    assert [link.text_content().strip() for link in links][1:4] == ["äpfel", "Überblick", "Web"]


def test_fixtures_need_not_say_in_which_order_names_are(db: None, tmp_path: Any) -> None:
    fixture = tmp_path / "tags.yaml"
    rows = "".join(
        f"- model: blog.tag\n  fields: {{name: {name}, slug: {name.lower()}}}\n"
        for name in ("Web", "Überblick")
    )
    fixture.write_text(rows, encoding="utf-8")
    call_command("loaddata", fixture, verbosity=0)
    assert [tag.name for tag in Tag.objects.all()] == ["Überblick", "Web"]
