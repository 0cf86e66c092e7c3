"""The tree of categories: how deep it may be, and what stands below what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.roles import Role
from blog.models import Category
from tests.conftest import MakePost, MakeUser

ADD = "/admin/blog/category/add/"


@pytest.fixture
def desk(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("edda", role=Role.EDITOR))
    return client


def chain(*slugs: str, parent: Category | None = None) -> list[Category]:
    """Categories each within the one before, deeper than forms allow if asked."""
    made = []
    for slug in slugs:
        parent = Category.objects.create(name=slug.title(), slug=slug, parent=parent)
        made.append(parent)
    return made


def save(desk: Client, category: Category, **fields: Any) -> Any:
    data = {
        "name": category.name,
        "slug": category.slug,
        "parent": category.parent_id or "",
        "description": category.description,
    }
    return desk.post(f"/admin/blog/category/{category.pk}/change/", data | fields)


def wrong(page: Any) -> dict[str, list[str]]:
    """What the form says, by field."""
    form = html.fromstring(page.text).get_element_by_id("category_form")
    return {
        row.xpath(".//*[@name]/@name")[0]: [one.text_content() for one in errors]
        for row in form.xpath(".//*[contains(@class, 'form-row')]")
        if (errors := row.xpath(".//ul[contains(@class, 'errorlist')]/li"))
    }


def test_no_part_of_a_tree_that_is_moved_may_stand_too_deep(desk: Client) -> None:
    news, local = chain("news", "local")
    top, _middle, _lowest = chain("a", "b", "c")
    page = save(desk, top, parent=local.pk)
    assert page.status_code == 200
    assert "four categories deep at most, and “C” would stand deeper" in page.text
    assert Category.objects.filter(path="a/b/c").exists()
    assert save(desk, top, parent=news.pk).status_code == 302
    assert Category.objects.filter(path="news/a/b/c").exists()


def test_a_new_category_may_not_stand_too_deep(desk: Client) -> None:
    *_others, lowest = chain("a", "b", "c", "d")
    page = desk.post(ADD, {"name": "E", "slug": "", "parent": lowest.pk})
    assert "The tree may be four categories deep at most." in page.text


def test_a_category_that_is_moved_too_deep_is_told_of_itself(desk: Client) -> None:
    *_others, lowest = chain("a", "b", "c", "d")
    (alone,) = chain("alone")
    assert wrong(save(desk, alone, parent=lowest.pk)) == {
        "parent": ["The tree may be four categories deep at most."]
    }


def test_a_category_stands_neither_within_itself_nor_below(desk: Client) -> None:
    top, middle, lowest = chain("a", "b", "c")
    for parent in (top, middle, lowest):
        page = save(desk, top, parent=parent.pk)
        assert wrong(page) == {"parent": ["A category cannot stand within itself."]}
    assert set(Category.objects.values_list("path", flat=True)) == {"a", "a/b", "a/b/c"}


def test_two_categories_of_one_slug_do_not_stand_beside_each_other(desk: Client) -> None:
    news, local = chain("news", "local")
    other, _abroad = chain("other", "abroad")
    taken = {"slug": ["There is a category of this slug here already."]}
    data = {"name": "Again", "slug": "local", "parent": news.pk}
    assert wrong(desk.post(ADD, data)) == taken
    assert wrong(save(desk, local, parent=other.pk, slug="abroad")) == taken
    assert save(desk, local).status_code == 302
    assert desk.post(ADD, data | {"parent": other.pk}).status_code == 302
    assert Category.objects.filter(path="other/local").exists()


def test_a_tree_that_is_too_deep_can_still_be_edited_and_mended(desk: Client) -> None:
    top, *_others, fifth, lowest = chain("a", "b", "c", "d", "e", "f")
    for category in (top, fifth, lowest):
        answer = save(desk, category, name=f"New {category.name}", slug=f"new-{category.slug}")
        assert answer.status_code == 302
        category.refresh_from_db()
    assert lowest.path == "new-a/b/c/d/new-e/new-f"
    assert save(desk, fifth, parent=top.pk).status_code == 302
    lowest.refresh_from_db()
    assert lowest.path == "new-a/new-e/new-f"


def test_long_slugs_fit_into_one_path(desk: Client) -> None:
    *_others, lowest = chain(*(letter * 100 for letter in "abcd"))
    lowest.refresh_from_db()
    assert len(lowest.path) == 403


def test_a_path_that_grows_too_long_is_refused(desk: Client) -> None:
    first, *_others = chain("a", *(letter * 99 for letter in "bcde"))
    page = save(desk, first, slug="a" * 50)
    assert "The address would become too long." in page.text


@pytest.mark.django_db
def test_capitals_make_another_category(client: Client, make_post: MakePost) -> None:
    loud, quiet = chain("CASING")[0], chain("casing")[0]
    make_post("Shouted", category=chain("kid", parent=loud)[0])
    make_post("Whispered", category=chain("child", parent=quiet)[0])
    page = client.get("/categories/casing/").text
    assert "Whispered" in page
    assert "Shouted" not in page
    assert "Shouted" in client.get("/categories/CASING/feed/").text
    assert "Whispered" not in client.get("/categories/CASING/feed/").text


def test_a_category_without_a_slug_gets_its_own(desk: Client) -> None:
    for _number in range(2):
        assert desk.post(ADD, {"name": "Wat & hoe", "slug": "", "parent": ""}).status_code == 302
    paths = set(Category.objects.values_list("path", flat=True))
    assert paths == {"wat-hoe", "wat-hoe-2"}


def test_emptying_a_slug_makes_it_anew_and_no_other(desk: Client) -> None:
    (category,) = chain("wat")
    assert save(desk, category, slug="").status_code == 302
    category.refresh_from_db()
    assert category.slug == "wat"


@pytest.mark.parametrize("slug", ["", "feed"])
def test_no_category_stands_where_a_feed_is(desk: Client, slug: str) -> None:
    (news,) = chain("news")
    page = desk.post(ADD, {"name": "Feed", "slug": slug, "parent": news.pk})
    assert "where the feed of the category above is" in page.text
