"""How the conversation under a post is set up on the page on which one writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit
from tests.html import form_data


@pytest.fixture
def post(make_post: MakePost, ada: User) -> Post:
    return make_post("Herons in town", authors=[ada.author])


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def test_an_author_sets_up_the_conversation(desk: Client, submit: Submit, post: Post) -> None:
    submit(
        desk,
        change(post),
        comment_policy="confirmed",
        comments_close_after="30",
        comments_paused="on",
        comment_notices="daily",
    )
    post.refresh_from_db()
    assert post.replies_policy == "confirmed"
    assert post.comments_close_after == 30
    assert post.comments_paused
    assert post.comment_notices == "daily"
    assert post.revisions.count() == 1


def test_the_fields_stand_together_and_begin_as_the_model_says(desk: Client, post: Post) -> None:
    page = desk.get(change(post)).text
    assert "Conversation" in page
    data = form_data(page, form_id="post_form")
    assert "comments_close_after" not in data
    assert data["comment_notices"] == ["each"]
    assert "comments_paused" not in data


@pytest.mark.parametrize(
    ("policy", "days", "words"),
    [
        ("open", 0, ["open: first-timers are held", "as the site does (for ever)"]),
        ("held", 30, ["every reply is held", "as the site does (for 30 days)"]),
        ("accounts", 1, ["accounts only", "as the site does (for 1 day)"]),
    ],
)
def test_an_empty_field_says_what_the_site_does(
    desk: Client, post: Post, settings: Any, policy: str, days: int, words: list[str]
) -> None:
    settings.PARLEY_COMMENT_POLICY, settings.PARLEY_CLOSE_AFTER = policy, days
    page = desk.get(change(post)).text
    assert f"Empty: as the site does ({words[0]})." in page
    assert words[1] in page


@pytest.mark.parametrize("days", ["-1", "x", "1.5", "99999", "9" * 40])
def test_a_number_of_days_that_is_none_is_refused_and_kept(
    desk: Client, submit: Submit, post: Post, days: str
) -> None:
    answer = submit(desk, change(post), comments_close_after=days, title="Kept words")
    assert answer.status_code == 200
    assert "Kept words" in answer.content.decode()
    post.refresh_from_db()
    assert post.comments_close_after is None


def test_a_pause_elsewhere_is_not_undone_by_an_editor_that_stood_open(
    desk: Client, post: Post
) -> None:
    opened = form_data(desk.get(change(post)).text, form_id="post_form")
    desk.post(f"/{post.address}/replies/lead/", {"pause": "1"})
    answer = desk.post(change(post), opened | {"title": "Mine", "_save": "1"})
    assert "Somebody saved this post" in answer.content.decode()
    post.refresh_from_db()
    assert post.comments_paused
