"""The same text again, and nearly the same."""

from __future__ import annotations

import pytest

from accounts.models import User
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from tests.conftest import MakePost
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found

TEXT = "I have found this wonderful shop where all of us can buy the finest kettles of the country."
NEARLY = (
    "I HAVE found this wonderful shop, where all of us can buy the finest kettles of the country! 7"
)


@pytest.mark.parametrize("again", [TEXT, NEARLY])
def test_the_third_time_a_text_comes_it_speaks_clearly_for_spam(
    make_post: MakePost, make_reply: MakeReply, fill: Fill, found: Found, again: str
) -> None:
    scores = []
    for n in range(3):
        scores.append(found(fill(make_post(f"Post {n}"), again)).get("repeated"))
        make_reply(make_post(f"Another {n}"), TEXT, status=Status.PENDING)
    assert scores == [None, 4, 6]


def test_what_was_spam_once_is_held_when_it_comes_again(
    make_reply: MakeReply, post: Post, ria: User, fill: Fill
) -> None:
    make_reply(post, TEXT, status=Status.SPAM)
    comment = fill(post, NEARLY, user=ria)
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.FILTER)


def test_short_texts_are_everybodys(make_reply: MakeReply, post: Post, fill: Fill) -> None:
    for _n in range(4):
        make_reply(post, "Thank you, that was good.", status=Status.SPAM)
    assert fill(post, "Thank you, that was good.").findings == []


def test_other_words_make_another_text(make_reply: MakeReply, post: Post, fill: Fill) -> None:
    make_reply(post, TEXT)
    other = (
        "I have found that the shop on the corner sells no kettles any more, which is sad for us."
    )
    assert fill(post, other).findings == []


def test_to_quote_what_is_answered_is_not_to_repeat_it(
    make_reply: MakeReply, post: Post, fill: Fill
) -> None:
    make_reply(post, TEXT)
    assert fill(post, f"> {TEXT}\n\nWhich shop, and since when?").findings == []


def test_a_month_later_it_is_forgotten(make_reply: MakeReply, post: Post, fill: Fill) -> None:
    make_reply(post, TEXT, status=Status.SPAM)
    assert fill(post, TEXT, seconds=31 * 24 * 3600).findings[1:] == []
    assert Comment.objects.count() == 2
