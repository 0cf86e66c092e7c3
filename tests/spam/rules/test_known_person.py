"""The benefit of the doubt, and its loss."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found


@pytest.mark.parametrize(("approved", "score"), [(1, -1), (3, -2), (10, -4)])
def test_approved_replies_of_an_account_speak_for_it(
    post: Post,
    ria: User,
    make_reply: MakeReply,
    fill: Fill,
    found: Found,
    approved: int,
    score: int,
) -> None:
    for n in range(approved - 1):
        make_reply(post, user=ria, at=timezone.now() - timedelta(days=n + 1))
    assert found(fill(post, "Me again.", user=ria)) == {"known_person": score}


def test_a_spam_reply_speaks_against_the_account(
    post: Post, ria: User, make_reply: MakeReply, fill: Fill, found: Found
) -> None:
    make_reply(post, user=ria, status=Status.SPAM, at=timezone.now() - timedelta(days=1))
    assert found(fill(post, "Me again.", user=ria)) == {"known_person": 3}


def test_a_guest_is_known_by_the_browser_and_not_by_the_address_alone(
    post: Post, fill: Fill, found: Found
) -> None:
    client = Client()
    fill(post, "The first.", client=client)
    decide(comments=Comment.objects.all(), decision=Status.APPROVED, by=None)
    assert found(fill(post, "Somebody with that address.")) == {}
    assert found(fill(post, "The second.", client=client)) == {"known_person": -1}
