"""What becomes of a reply that the filter judged, and what its writer and others see of that."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.posting import post_comment
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply
from tests.spam.conftest import Fill

SPAM = "Buy viagra and cialis online in our online casino: https://pills.example"
HELD = "Buy viagra: https://pills.example https://pills.example/2"
WAITS = "This reply waits for a moderator."


def test_what_says_nothing_bad_appears_as_the_policy_has_it(
    post: Post, ria: User, fill: Fill
) -> None:
    comment = fill(post, "A good point.", user=ria)
    assert (comment.status, comment.held_because) == (Status.APPROVED, "")


def test_what_looks_like_spam_is_held(post: Post, ria: User, fill: Fill) -> None:
    comment = fill(post, HELD, user=ria)
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.FILTER)
    post.refresh_from_db()
    assert post.comment_count == 0


def test_the_policys_reason_stays_and_the_findings_stand_beside_it(post: Post, fill: Fill) -> None:
    comment = fill(post, HELD)
    assert comment.held_because == HeldBecause.FIRST_REPLY
    assert [one["rule"] for one in comment.findings] == ["links", "known_bad"]


def test_plain_spam_is_kept_as_spam(post: Post, fill: Fill) -> None:
    comment = fill(post, SPAM, seconds=1, subject="x")
    assert comment.status == Status.SPAM
    assert comment.body == SPAM


@pytest.mark.parametrize("text", [HELD, SPAM])
@pytest.mark.parametrize("policy", ["open", "confirmed"])
def test_who_sent_it_sees_a_reply_that_waits_and_nobody_else_sees_it(
    make_post: MakePost, fill: Fill, text: str, policy: str
) -> None:
    client, post = Client(), make_post(conversation={"policy": policy})
    comment = fill(post, text, seconds=1, subject="x", client=client)
    assert comment.status == Status.SPAM
    page = client.get(post.get_absolute_url()).text
    assert WAITS in page
    assert f'id="comment-{comment.pk}"' in page
    assert client.get(comment.get_absolute_url()).status_code == 302
    assert f"comment-{comment.pk}" not in Client().get(post.get_absolute_url()).text
    assert Client().get(comment.get_absolute_url()).status_code == 404


def test_so_does_an_account(post: Post, ria: User, fill: Fill) -> None:
    client = Client()
    fill(post, SPAM, seconds=1, subject="x", client=client, user=ria)
    assert WAITS in client.get(post.get_absolute_url()).text


def test_spam_and_what_waits_get_the_same_answer(post: Post, fill: Fill) -> None:
    """Word for word but for the reply itself, so that who sends spam learns nothing."""
    pages = []
    for subject in ("", "x"):
        client = Client()
        comment = fill(post, SPAM, seconds=1, subject=subject, client=client)
        page = re.sub(
            rf"(comment-|comments/|by-){comment.pk}\b", "", client.get(post.get_absolute_url()).text
        )
        pages.append(page.partition('<ol class="thread">')[2].partition("<time")[0])
        comment.delete()
    assert pages[0] == pages[1] != ""


def test_moderators_and_authors_of_the_post_are_not_judged(
    make_post: MakePost, mo: User, make_user: MakeUser, fill: Fill
) -> None:
    writer = make_user("ada", role=Role.AUTHOR)
    post = make_post(authors=[Author.objects.get(user=writer)])
    for user in (mo, writer):
        comment = fill(post, SPAM, seconds=1, subject="x", user=user)
        assert (comment.status, comment.findings) == (Status.APPROVED, [])


def test_authors_of_other_posts_are(
    post: Post, make_user: MakeUser, make_reply: MakeReply, fill: Fill
) -> None:
    comment = fill(post, SPAM, seconds=1, subject="x", user=make_user("ada", role=Role.AUTHOR))
    assert comment.status == Status.SPAM


def test_what_comes_by_no_form_is_judged_by_what_it_says(post: Post) -> None:
    comment = post_comment(post=post, body=HELD, language="en", name="Wim", email="w@example.org")
    assert [one["rule"] for one in comment.findings] == ["links", "known_bad"]


def test_a_reply_sent_twice_is_judged_once(post: Post, fill: Fill) -> None:
    key = "5b0d54f6-79a3-4d51-8d57-5d2c0e7b1a11"
    assert fill(post, SPAM, key=key).pk == fill(post, SPAM, key=key).pk
    assert Comment.objects.count() == 1
