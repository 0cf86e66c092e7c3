"""Tags as authors type them, and as editors rename them."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from blog import publishing
from blog.models import Post, Tag
from blog.saving.tags import parse_tags, string_of_tags
from tests.conftest import MakePost, MakeUser
from tests.desk.conftest import Submit

ADD = "/admin/blog/post/add/"


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def names(post: Post) -> list[str]:
    return sorted(tag.name for tag in Post.objects.get(pk=post.pk).tags.all())


def test_a_post_keeps_a_tag_that_was_renamed(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    post = make_post("Toots", authors=[ada.author], tags=["Mastodon"])
    tag = Tag.objects.get()
    tag.name = "Fediverse"
    tag.save()
    assert submit(desk, change(post), title="Toots again").status_code == 302
    assert names(post) == ["Fediverse"]
    assert submit(desk, change(post), tags="Mastodon, Fediverse").status_code == 302
    assert names(post) == ["Fediverse", "Mastodon"]
    assert Tag.objects.get(name="Mastodon").slug == "mastodon-2"


def test_names_that_differ_are_different_tags(make_post: MakePost) -> None:
    post = make_post("Languages", tags=["C", "C++", "C#"])
    assert names(post) == ["C", "C#", "C++"]
    assert sorted(tag.slug for tag in post.tags.all()) == ["c", "c-2", "c-3"]
    assert names(make_post("Plain", tags=["C"])) == ["C"]
    for tag in post.tags.all():
        assert "Languages" in Client().get(tag.get_absolute_url()).text


def test_capitals_and_spaces_make_no_other_tag(make_post: MakePost) -> None:
    make_post("One", tags=["Sociale  Media", "Zürich"])
    make_post("Two", tags=["sociale media", "ZÜRICH"])
    assert Tag.objects.count() == 2


def test_invisible_signs_make_no_other_tag(make_post: MakePost) -> None:
    make_post("One", tags=["Fediverse", "\u2764 love"])
    make_post("Two", tags=["Fedi\u00adverse", "\u2764\ufe0f love"])
    assert Tag.objects.count() == 2


def test_a_post_keeps_tags_that_differ_in_capitals_alone(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    tags = [Tag.objects.create(name=name) for name in ("Django", "django")]
    post = make_post("Two", authors=[ada.author], tags=["Django", "django", "Django"])
    submit(desk, change(post), title="Two again")
    assert set(Post.objects.get().tags.all()) == set(tags)
    assert names(make_post("Third", tags=["DJANGO", "dJango"])) == ["Django"]


def test_a_tag_without_words_is_a_tag(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, button="_publish", title="Party", body="Words.", tags="🎉, ..., -")
    post = Post.objects.get()
    assert names(post) == ["-", "...", "🎉"]
    for tag in post.tags.all():
        assert "Party" in Client().get(tag.get_absolute_url()).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sociale media", ["sociale media"]),
        ("one, two three,four", ["one", "two three", "four"]),
        ('"Amsterdam, Noord", haven', ["Amsterdam, Noord", "haven"]),
        ('19" racks, "quoted"', ['19" racks', "quoted"]),
        ('"not closed, b', ['"not closed', "b"]),
        (", ,, a ,", ["a"]),
        ("", []),
    ],
)
def test_only_commas_part_tags(typed: str, read: list[str]) -> None:
    assert parse_tags(typed) == read


@given(st.lists(st.text(alphabet='ab", -', min_size=1), max_size=4))
def test_what_the_form_shows_reads_as_the_same_tags(texts: list[str]) -> None:
    wanted = {" ".join(text.split()) for text in texts} - {""}
    assert set(parse_tags(string_of_tags(Tag(name=name) for name in wanted))) == wanted


def test_an_editor_is_told_of_a_tag_of_the_same_name(client: Client, make_user: MakeUser) -> None:
    client.force_login(make_user("edda", role=Role.EDITOR))
    Tag.objects.create(name="Django")
    page = client.post("/admin/blog/tag/add/", {"name": "django", "slug": ""})
    assert "a tag of this name already" in page.text
    assert client.post("/admin/blog/tag/add/", {"name": "Django!", "slug": ""}).status_code == 302
    assert Tag.objects.get(name="Django!").slug == "django-2"


def test_a_renamed_tag_alone_makes_no_revision(make_post: MakePost) -> None:
    post = make_post("Toots", tags=["Mastodon"])
    before = post.revisions.count()
    tag = Tag.objects.get()
    tag.name = "Fediverse"
    tag.save()
    publishing.save_post(post=post, by=None, tags=["Fediverse"])
    assert post.revisions.count() == before
    publishing.save_post(post=post, by=None, tags=["Fediverse", "New"])
    assert post.revisions.count() == before + 1
