"""From the level on at which the filter holds a reply, nobody but moderators is mailed for its sake."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.editing import edit_reply
from following.models import Follow
from moderation.deciding import decide
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in
from tests.spam.conftest import Fill
from tests.spam.fake_akismet import FakeAkismet

pytestmark = pytest.mark.django_db
HELD = "Buy viagra: https://pills.example https://pills.example/2"


@pytest.fixture
def asking(make_post: MakePost) -> Post:
    return make_post("Herons", conversation={"policy": "confirmed"})


@pytest.mark.parametrize("answers", [{}, {"answers": "on"}])
@pytest.mark.parametrize("policy", ["confirmed", "open", "held"])
def test_nothing_is_mailed_about_what_the_filter_holds(
    client: Client, make_post: MakePost, fill: Fill, mailbox: Mailbox, policy: str, answers: Any
) -> None:
    comment = fill(make_post(conversation={"policy": policy}), HELD, client=client, **answers)
    assert comment.status in {Status.PENDING, Status.SPAM}
    assert mailbox() == []
    if policy == "confirmed":
        assert comment.held_because == HeldBecause.FILTER
        assert "waits for a moderator" in client.get(comment.post.get_absolute_url()).text


def test_once_a_moderator_lets_it_appear_its_writer_is_asked_about_answers(
    client: Client, asking: Post, fill: Fill, mailbox: Mailbox
) -> None:
    comment = fill(asking, HELD, answers="on")
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    (message,) = mailbox()
    assert message["Subject"].strip() == "Do you want to be told of replies to “Herons”?"
    client.post(path_in(message, "/comments/follow/"))
    assert Follow.objects.get().confirmed_at
    decide(comments=[comment], decision=Status.REJECTED, by=None)
    comment.refresh_from_db()
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    assert mailbox() == []


def test_what_becomes_spam_before_it_is_confirmed_waits_for_a_moderator(
    asking: Post, fill: Fill
) -> None:
    comment = fill(asking, "A fine article.")
    assert comment.held_because == HeldBecause.UNCONFIRMED
    edit_reply(comment=comment, body=HELD)
    assert Comment.objects.get().held_because == HeldBecause.FILTER


@pytest.mark.parametrize(
    ("answer", "mails", "reason"),
    [("false", 1, HeldBecause.UNCONFIRMED), ("true", 0, HeldBecause.FILTER)],
)
def test_while_akismet_is_asked_nobody_is(
    akismet: FakeAkismet,
    asking: Post,
    fill: Fill,
    mailbox: Mailbox,
    answer: str,
    mails: int,
    reason: HeldBecause,
) -> None:
    akismet.answer = answer
    fill(asking, "A fine article.")
    assert len(mailbox()) == mails
    comment = Comment.objects.get()
    assert (comment.status, comment.held_because) == (Status.PENDING, reason)
