"""What the filter says of a reply that is changed or confirmed after it was sent."""

from __future__ import annotations

import pytest

from accounts.models import User
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.confirming import confirm_reply
from comments.verbs.editing import edit_reply
from comments.visitor import Visitor
from tests.conftest import MakePost
from tests.spam.conftest import Fill, Found

SPAM = "Buy viagra: https://pills.example https://pills.example/2"


def again(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def test_spam_that_is_put_into_a_reply_that_had_appeared_is_held(
    post: Post, ria: User, fill: Fill
) -> None:
    comment = fill(post, "A fine article.", user=ria)
    assert comment.status == Status.APPROVED
    edit_reply(comment=comment, body=SPAM, visitor=Visitor(ria))
    assert (again(comment).status, again(comment).held_because) == (
        Status.PENDING,
        HeldBecause.FILTER,
    )


def test_a_small_change_is_no_repetition_of_itself(
    post: Post, ria: User, fill: Fill, found: Found
) -> None:
    text = "All of us came to see the finest kettles that were ever made by hand in this town."
    comment = fill(post, text, user=ria)
    edit_reply(comment=comment, body=f"{text} Really.", visitor=Visitor(ria))
    assert again(comment).status == Status.APPROVED
    assert found(again(comment)) == {"known_person": -1}


def test_what_the_form_told_is_not_forgotten_by_a_change(
    post: Post, fill: Fill, found: Found
) -> None:
    comment = edit_reply(comment=fill(post, SPAM, subject="x"), body="A fine article.")
    assert found(again(comment)) == {"honeypot": 6}


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("A fine article.", Status.APPROVED, HeldBecause.UNCONFIRMED),
        (SPAM, Status.PENDING, HeldBecause.FILTER),
    ],
)
def test_a_confirmed_address_does_not_let_spam_appear(
    make_post: MakePost, fill: Fill, text: str, status: Status, reason: HeldBecause
) -> None:
    comment = fill(make_post(conversation={"policy": "confirmed"}), text)
    assert comment.held_because == reason
    confirm_reply(comment=comment)
    assert (again(comment).status, again(comment).held_because) == (status, reason)
