"""Judges of a reply: each is asked, and one that fails loses no reply."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from moderation.models import Rule
from moderation.rules import applying
from tests.conftest import MakeUser
from tests.replies import MakeReply, Send


def broken(*args: Any, **kwargs: Any) -> Any:
    raise ValueError("This judge is broken.")


@pytest.fixture
def known(client: Client, make_user: MakeUser, make_reply: MakeReply, post: Post) -> User:
    """Somebody whose replies appear at once, signed in."""
    ria = make_user("ria")
    make_reply(post, user=ria)
    client.force_login(ria)
    return ria


def test_a_judge_that_fails_holds_the_reply_and_is_logged(
    known: User,
    post: Post,
    send: Send,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(applying, "matching", broken)
    assert send(post, reply="Well said, and thank you.").status_code == 303
    assert Comment.objects.latest("pk").status == Status.PENDING
    assert "This judge is broken." in caplog.text
    desk = Client()
    desk.force_login(make_user("mo", role=Role.MODERATOR))
    assert "it could not be checked" in desk.get("/admin/comments/comment/").text


def test_the_other_judges_are_asked_all_the_same(
    known: User, post: Post, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "matching", broken)
    send(post, reply="Buy viagra and cialis online in our online casino: https://pills.example")
    found = {finding["rule"] for finding in Comment.objects.latest("pk").findings}
    assert "known_bad" in found


def test_what_one_refuses_is_not_stored_whatever_the_others_say(
    known: User, post: Post, send: Send
) -> None:
    Rule.objects.create(kind="word", value="herons", effect="ban")
    before = Comment.objects.count()
    answer = send(post, reply="About herons.")
    assert (answer.status_code, Comment.objects.count()) == (403, before)
    assert "About herons." in answer.text
