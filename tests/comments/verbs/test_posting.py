"""The one door, for those who call it without a form: imports, other sites, the later parts of the house."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from blog import publishing
from blog.models import Post
from comments.exceptions import CannotReply, ParentIsAway, PostIsAway
from comments.limits import REPLIES_OF_A_GUEST, TooManyReplies
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply

GUEST: dict[str, Any] = {"name": "Wim", "email": "Wim@Example.org", "language": "en"}


def test_a_reply_is_stored_with_all_that_follows_from_it(post: Post) -> None:
    at = datetime(2011, 5, 31, 4, 57, tzinfo=UTC)
    comment = post_comment(
        post=post, body="A *pear*.", at=at, visitor=Visitor(address="192.0.2.1"), **GUEST
    )
    comment.refresh_from_db()
    assert comment.body_html == "<p>A <em>pear</em>.</p>\n"
    assert comment.submitted_at == at
    assert comment.email == "wim@example.org"
    assert (comment.depth, len(comment.avatar_seed), len(comment.address_hash)) == (1, 8, 32)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED])
def test_a_reply_that_is_not_shown_takes_no_answer(
    post: Post, make_reply: MakeReply, status: Status
) -> None:
    above = make_reply(post)
    Comment.objects.update(status=status)
    above.refresh_from_db()
    with pytest.raises(ParentIsAway):
        post_comment(post=post, body="Hello?", parent=above, **GUEST)


def test_a_reply_under_another_post_takes_no_answer_here(
    post: Post, make_post: MakePost, make_reply: MakeReply
) -> None:
    with pytest.raises(ParentIsAway):
        post_comment(post=post, body="Hello?", parent=make_reply(make_post("Another")), **GUEST)


@pytest.mark.parametrize(
    ("policy", "refusal"), [("closed", CannotReply), ("accounts", CannotReply)]
)
def test_the_policy_holds_at_the_door(
    make_post: MakePost, policy: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        post_comment(post=make_post(conversation={"policy": policy}), body="Hello?", **GUEST)


def test_a_post_that_is_away_takes_no_reply(post: Post) -> None:
    publishing.withdraw(post=post, by=None)
    with pytest.raises(PostIsAway):
        post_comment(post=post, body="Hello?", **GUEST)


def test_the_pace_is_held_at_the_door(post: Post) -> None:
    for n in range(REPLIES_OF_A_GUEST):
        post_comment(post=post, body=f"{n}", visitor=Visitor(address="192.0.2.1"), **GUEST)
    with pytest.raises(TooManyReplies) as refusal:
        post_comment(post=post, body="More.", visitor=Visitor(address="192.0.2.1"), **GUEST)
    assert 0 < refusal.value.retry_after <= 600


def test_an_account_writes_under_its_own_name_whatever_is_said(
    post: Post, make_user: MakeUser
) -> None:
    ria = make_user("ria", display_name="Ria")
    comment = post_comment(post=post, body="Me.", visitor=Visitor(user=ria), **GUEST)
    assert (comment.name, comment.email) == ("Ria", "")
