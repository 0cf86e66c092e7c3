"""Judges of a reply: each is asked, and one that fails loses no reply."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from accounts.models import User
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from moderation.models import Rule
from moderation.rules import applying
from tests.conftest import Mailbox, MakeUser
from tests.mails import path_in
from tests.moderators import QUEUE
from tests.replies import MakeReply, Send, take_replies


def broken(*args: Any, **kwargs: Any) -> Any:
    raise ValueError("This judge is broken.")


@pytest.fixture
def known(client: Client, make_user: MakeUser, make_reply: MakeReply, post: Post) -> User:
    """Somebody whose replies appear at once, signed in."""
    ria = make_user("ria")
    make_reply(post, user=ria)
    client.force_login(ria)
    return ria


@pytest.mark.parametrize("error", [ValueError, KeyError, RecursionError])
def test_a_judge_that_fails_holds_the_reply_and_is_logged(
    known: User,
    post: Post,
    send: Send,
    mo: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[Exception],
) -> None:
    monkeypatch.setattr(applying, "matching", Mock(side_effect=error("This judge is broken.")))
    assert send(post, reply="Well said, and thank you.").status_code == 303
    assert Comment.objects.latest("pk").status == Status.PENDING
    assert "This judge is broken." in caplog.text
    desk = Client()
    desk.force_login(mo)
    assert "it could not be checked" in desk.get(QUEUE).text


def test_the_other_judges_are_asked_all_the_same(
    known: User, post: Post, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "matching", broken)
    send(post, reply="Buy viagra and cialis online in our online casino: https://pills.example")
    found = {finding["rule"] for finding in Comment.objects.latest("pk").findings}
    assert "known_bad" in found


def test_a_changed_text_that_could_not_be_judged_is_held(
    client: Client, known: User, post: Post, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(post, reply="Well said.")
    comment = Comment.objects.latest("pk")
    assert comment.is_approved
    monkeypatch.setattr(applying, "matching", broken)
    client.post(f"/comments/{comment.pk}/edit/", {"reply": "Well said, and thank you."})
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Well said, and thank you.", Status.PENDING)


def test_a_confirmed_reply_that_could_not_be_judged_waits_for_a_moderator(
    client: Client, post: Post, send: Send, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_replies(post, policy="confirmed")
    send(post)
    (mail,) = mailbox()
    monkeypatch.setattr(applying, "matching", broken)
    client.post(path_in(mail, "/comments/confirm/"))
    comment = Comment.objects.get()
    assert comment.confirmed_at
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.UNJUDGED)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_judge_that_finds_no_database_stores_nothing_and_the_text_comes_back(
    known: User, post: Post, send: Send, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(applying, "matching", Mock(side_effect=error("the connection is closed")))
    client = Client(raise_request_exception=False)
    client.force_login(known)
    before = Comment.objects.count()
    answer = send(post, client=client, reply="Well said, and thank you.")
    assert (answer.status_code, Comment.objects.count()) == (503, before)
    assert "Well said, and thank you." in answer.text


def test_what_one_refuses_is_not_stored_whatever_the_others_say(
    known: User, post: Post, send: Send
) -> None:
    Rule.objects.create(kind="word", value="herons", effect="ban")
    before = Comment.objects.count()
    answer = send(post, reply="About herons.")
    assert (answer.status_code, Comment.objects.count()) == (403, before)
    assert "About herons." in answer.text


def test_what_one_would_refuse_is_held_once_it_is_stored(
    client: Client, known: User, post: Post, send: Send
) -> None:
    send(post, reply="Well said.")
    comment = Comment.objects.latest("pk")
    Rule.objects.create(kind="word", value="herons", effect="ban")
    client.post(f"/comments/{comment.pk}/edit/", {"reply": "About herons."})
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("About herons.", Status.PENDING)
