"""What a form did not see when it was checked, since somebody else was at it just then, is told too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.admin.forms import PostForm
from blog.admin.post import PostAdmin
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit
from tests.html import form_data

ADD = "/admin/blog/post/add/"


@pytest.fixture
def first_look_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Until the first save is tried, which is listed."""
    saves: list[str] = []
    was_saved_since, refuse_unfit = PostForm.was_saved_since, PostForm._refuse_unfit

    def is_stale(post: Post, data: Any) -> bool:
        return bool(saves) and was_saved_since(post, data)

    def refuse(form: PostForm) -> None:
        if saves:
            refuse_unfit(form)

    monkeypatch.setattr(PostForm, "was_saved_since", staticmethod(is_stale))
    monkeypatch.setattr(PostForm, "_refuse_unfit", refuse)
    monkeypatch.setattr(PostAdmin, "save_model", lambda *args: saves.append("a save"))
    return saves


def test_that_somebody_saved_the_post(
    desk: Client, ada: User, make_post: MakePost, first_look_sees_nothing: list[str]
) -> None:
    post = make_post("Shared", authors=[ada.author], body="The first words.")
    address = f"/admin/blog/post/{post.pk}/change/"
    tab = form_data(desk.get(address).text, form_id="post_form") | {"_save": "1"}
    Post.objects.update(body="Their words.", version=post.version + 1)
    page = desk.post(address, tab | {"body": "My words."})
    assert page.status_code == 200
    assert "Nothing was overwritten" in page.text
    assert "Their words." in page.text
    assert form_data(page.text, form_id="post_form")["body"] == ["My words."]
    assert Post.objects.get().body == "Their words."
    assert len(first_look_sees_nothing) == 1


def test_that_readers_would_see_nothing(
    desk: Client, submit: Submit, first_look_sees_nothing: list[str]
) -> None:
    page: Any = submit(desk, ADD, button="_publish", title="Hello", summary="Precious summary")
    assert page.status_code == 200
    assert "needs a text" in page.text
    assert "Precious summary" in page.text
    assert not Post.objects.exists()
    assert len(first_look_sees_nothing) == 1


def test_a_form_without_a_version_overwrites_nothing(
    desk: Client, ada: User, make_post: MakePost
) -> None:
    post = make_post("Shared", authors=[ada.author])
    address = f"/admin/blog/post/{post.pk}/change/"
    tab = form_data(desk.get(address).text, form_id="post_form") | {"_save": "1", "version": ""}
    page = desk.post(address, tab | {"body": "My words."})
    assert "Nothing was overwritten" in page.text
    assert "My words." in page.text
