"""What nobody sends who uses the desk's own pages: an answer, nothing lost, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client

from accounts.roles import Role
from blog.models import Category, Post
from tests.conftest import MakePost, MakeUser
from tests.desk.conftest import Submit

ADD = "/admin/blog/post/add/"
NO_IDS = ["abc", "   ", "'", "9" * 20, "9" * 5000, "-1", "\ufffd"]
CHOICES = ["category", "series", "lead_image", "translation_of"]


@pytest.fixture
def desk(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("edda", role=Role.EDITOR))
    return client


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize("field", CHOICES)
def test_a_choice_that_is_none_is_an_error_in_the_form(
    desk: Client, submit: Submit, field: str, value: str
) -> None:
    page = submit(desk, ADD, title="Kept", body="Kept words", **{field: value})
    assert (page.status_code, Post.objects.count()) == (200, 0)
    assert "Kept words" in page.text


@pytest.mark.parametrize("field", ["series_position", "bylines-0-position"])
@pytest.mark.parametrize("value", ["32768", "40000", "9" * 15, "9" * 30])
def test_a_number_that_no_database_could_keep_is_an_error_in_the_form(
    desk: Client, submit: Submit, field: str, value: str
) -> None:
    page = submit(desk, ADD, title="Kept", body="Kept words", **{field: value})
    assert (page.status_code, Post.objects.count()) == (200, 0)
    assert "less than or equal to 32767" in page.text


def test_the_largest_number_is_taken(desk: Client, submit: Submit) -> None:
    assert submit(desk, ADD, title="Kept", body="Words", series_position=32767).status_code == 302


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize(
    "address",
    [
        *(f"/admin/blog/post/add/?{field}=" for field in (*CHOICES, "published_at")),
        "/admin/blog/category/add/?parent=",
        "/admin/accounts/author/add/?user=",
        "/admin/blog/post/?published_at__year=",
        "/admin/blog/post/?id__in=",
        "/admin/blog/post/?series=",
        "/admin/images/image/?uploaded_at__year=",
    ],
)
def test_an_address_of_the_desk_may_say_anything(desk: Client, address: str, value: str) -> None:
    assert desk.get(address + value).status_code in {200, 302, 400}


@pytest.mark.parametrize("address", ["blog/post/?title", "comments/comment/?body"])
@pytest.mark.parametrize("lookup", ["regex", "iregex"])
def test_a_broken_pattern_is_a_bad_request(desk: Client, address: str, lookup: str) -> None:
    assert desk.get(f"/admin/{address}__{lookup}=(").status_code == 400


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize(
    ("field", "model"), [("parent", "blog/category"), ("user", "accounts/author")]
)
def test_other_choices_too_are_errors_in_their_forms(
    desk: Client, field: str, model: str, value: str
) -> None:
    page = desk.post(f"/admin/{model}/add/", {"name": "Kept", "slug": "kept", field: value})
    assert page.status_code in {200, 302}


@pytest.mark.parametrize("chosen", ["abc", "9" * 25, "9" * 5000, ""])
@pytest.mark.parametrize("model", ["blog/post", "comments/comment", "images/image"])
def test_an_action_on_what_is_no_row_is_a_bad_request(
    desk: Client, model: str, chosen: str
) -> None:
    form = {"action": "delete_selected", ACTION_CHECKBOX_NAME: chosen}
    assert desk.post(f"/admin/{model}/", form).status_code == 400


def test_an_empty_name_of_a_field_is_a_bad_request(desk: Client, make_post: MakePost) -> None:
    address = f"/admin/blog/post/{make_post().pk}/change/?_to_field="
    assert desk.get(address).status_code == 400


@pytest.mark.parametrize("version", ["9" * 5000, "9" * 20, "-1", "x"])
def test_a_version_that_is_none_overwrites_nothing(
    desk: Client, submit: Submit, make_post: MakePost, version: str
) -> None:
    post = make_post("As it was")
    page = submit(desk, f"/admin/blog/post/{post.pk}/change/", title="Mine", version=version)
    post.refresh_from_db()
    assert (page.status_code, post.title) == (200, "As it was")


def test_a_search_may_be_a_long_number(desk: Client) -> None:
    assert desk.get("/admin/blog/post/", {"q": "9" * 40}).status_code == 200


def test_nobody_learns_of_drafts_by_naming_them_as_originals(
    client: Client, make_user: MakeUser, make_post: MakePost, submit: Submit
) -> None:
    draft = make_post("Top secret", live=False)
    client.force_login(make_user("carla", role=Role.CONTRIBUTOR))
    page = submit(client, ADD, title="Mine", body="Words", translation_of=draft.pk)
    assert not Post.objects.filter(title="Mine").exists()
    assert "Top secret" not in page.text


def test_what_others_published_can_be_translated(
    client: Client, make_user: MakeUser, make_post: MakePost, submit: Submit
) -> None:
    make_post("Not offered", live=False)
    original = make_post("The original")
    client.force_login(make_user("tia", role=Role.AUTHOR))
    query = {"app_label": "blog", "model_name": "post", "field_name": "translation_of", "term": "o"}
    offered: Any = client.get("/admin/autocomplete/", query).json()
    assert [one["text"] for one in offered["results"]] == ["The original"]
    dutch = {"title": "Het origineel", "body": "Woorden", "language": "nl"}
    submit(client, ADD, translation_of=original.pk, **dutch)
    assert Post.objects.get(title="Het origineel").translation_of == original


def test_what_was_typed_comes_back_from_a_page_one_may_not_save_any_more(
    client: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    carla = make_user("carla", role=Role.CONTRIBUTOR)
    post = make_post("Published meanwhile", authors=[carla.author])
    client.force_login(carla)
    typed = {"title": "Long title", "body": "Precious words", "version": "11", "bylines-0-id": "22"}
    page = client.post(f"/admin/blog/post/{post.pk}/change/", typed)
    assert page.status_code == 403
    assert "Precious words" in page.text
    assert "bylines" not in page.text
    assert ">version<" not in page.text


def test_a_category_is_still_chosen(desk: Client, submit: Submit) -> None:
    category = Category.objects.create(name="Birds", slug="birds")
    submit(desk, ADD, title="Herons", body="Words", category=category.pk)
    post = Post.objects.get()
    assert post.category == category
    assert ">Birds</option>" in desk.get(f"/admin/blog/post/{post.pk}/change/").text
