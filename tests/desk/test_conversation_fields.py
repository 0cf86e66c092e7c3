"""How the conversation under a post is set up on the page on which one writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Conversation, conversation_of
from tests.conftest import MakePost, MakeUser
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
    conversation = Conversation.objects.get(post=post)
    assert conversation.policy_in_force == "confirmed"
    assert conversation.close_after == 30
    assert conversation.is_paused
    assert conversation.notices == "daily"
    assert post.revisions.count() == 1


def test_the_fields_stand_together_and_begin_as_the_site_says(desk: Client, post: Post) -> None:
    page = desk.get(change(post)).text
    assert "Conversation" in page
    data = form_data(page, form_id="post_form")
    assert "comments_close_after" not in data
    assert data["comment_notices"] == [""]
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
    assert post.title == "Herons in town"
    assert conversation_of(post).close_after is None


def test_a_pause_elsewhere_is_not_undone_by_an_editor_that_stood_open(
    desk: Client, post: Post
) -> None:
    opened = form_data(desk.get(change(post)).text, form_id="post_form")
    desk.post(f"/{post.address}/replies/lead/", {"pause": "1"})
    mine = {"title": "Mine", "comment_notices": "daily", "_save": "1"}
    assert desk.post(change(post), opened | mine).status_code == 302
    post.refresh_from_db()
    conversation = conversation_of(post)
    assert (post.title, conversation.notices) == ("Mine", "daily")
    assert conversation.is_paused


def test_a_new_post_begins_with_the_conversation_that_was_set_up_with_it(
    desk: Client, submit: Submit
) -> None:
    submit(desk, "/admin/blog/post/add/", title="New", body="Words.", comment_policy="held")
    assert Conversation.objects.get(post__title="New").policy == "held"


def test_a_save_that_is_refused_sets_nothing_up_and_keeps_what_was_chosen(
    desk: Client, submit: Submit, post: Post
) -> None:
    page = submit(desk, change(post), body="", comment_policy="held", comments_paused="on")
    assert "A post needs a text." in page.content.decode()
    data = form_data(page.content.decode(), form_id="post_form")
    assert (data["comment_policy"], data["comments_paused"]) == (["held"], ["on"])
    assert not Conversation.objects.filter(post=post).exists()
    desk.post(change(post), data | {"body": "Words again.", "_save": "1"})
    conversation = Conversation.objects.get(post=post)
    assert (conversation.policy, conversation.is_paused) == ("held", True)


def test_who_may_not_change_a_post_sees_how_its_conversation_is_set_up(
    client: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    carla = make_user("carla", role=Role.CONTRIBUTOR)
    post = make_post(
        "Live", authors=[carla.author], conversation={"policy": "held", "notices": "each"}
    )
    client.force_login(carla)
    page = client.get(change(post)).text
    assert 'name="comment_policy"' not in page
    for words in (
        "Replies:",
        "every reply is held",
        "Conversation paused:",
        "a mail for each reply",
    ):
        assert words in page
