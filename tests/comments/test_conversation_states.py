"""Conversations that pause, close, close by themselves, and open again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Author, User
from blog import publishing
from blog.models import Post
from blog.shortcuts import live_post
from comments.models import Comment, conversation_of
from comments.views.reply import BY_ADDRESS
from tests.comments.verbs.test_pinning import lead
from tests.conftest import MakePost
from tests.replies import Send, take_replies


def test_an_author_pauses_and_resumes(author: Client, led: Post, send: Send) -> None:
    assert lead(author, led, pause="1") == 303
    answer = send(led, client=Client())
    assert answer.status_code == 403
    assert "This conversation is paused." in answer.text
    assert "A good point." in answer.text
    assert "This conversation is paused." in Client().get(led.get_absolute_url()).text
    assert lead(author, led, resume="1") == 303
    assert send(led, client=Client()).status_code == 303


def test_in_a_pause_the_posts_authors_still_answer_and_nobody_else(
    author: Client, led: Post, send: Send, mo: User
) -> None:
    lead(author, led, pause="1")
    moderator = Client()
    moderator.force_login(mo)
    assert send(led, client=moderator).status_code == 403
    assert send(led, client=author).status_code == 303
    assert Comment.objects.get().user == led.authors.get().user


def test_an_author_closes_and_reopens(author: Client, led: Post, send: Send) -> None:
    assert lead(author, led, close="1") == 303
    assert "This conversation is closed." in send(led, client=Client()).text
    assert send(led, client=author).status_code == 403
    assert 'name="reopen"' in author.get(led.get_absolute_url()).text
    assert lead(author, led, reopen="1") == 303
    assert send(led, client=Client()).status_code == 303


def test_a_reopened_conversation_holds_what_it_held_before(
    author: Client, led: Post, send: Send
) -> None:
    take_replies(led, policy="held")
    lead(author, led, close="1")
    lead(author, led, close="1")
    lead(author, led, reopen="1")
    send(led, client=Client())
    assert Comment.objects.get().held_because == "every_reply"


def test_a_post_reopened_where_the_site_takes_no_replies_holds_each(
    author: Client, led: Post, settings: Any
) -> None:
    settings.PARLEY_COMMENT_POLICY = "closed"
    lead(author, led, reopen="1")
    led.refresh_from_db()
    assert conversation_of(led).policy_in_force == "held"


@pytest.mark.parametrize("policy", ["held", ""])
def test_it_is_read_with_its_post_by_one_query(
    led: Post, policy: str, django_assert_num_queries: Any
) -> None:
    if policy:
        take_replies(led, policy=policy)
    with django_assert_num_queries(1):
        post = BY_ADDRESS.first(address=led.address)
        assert post is not None
        conversation = conversation_of(post)
        assert (conversation.policy, conversation.post, post.title) == (policy, led, led.title)


@pytest.fixture
def old(make_post: MakePost) -> Post:
    return make_post("Old news", at=datetime.fromisoformat("2026-05-01T10:00+02:00"))


@pytest.mark.parametrize(("now", "code"), [("2026-05-31T09:59", 303), ("2026-05-31T10:00", 403)])
def test_a_conversation_closes_by_itself_on_its_day(
    old: Post, send: Send, settings: Any, now: str, code: int
) -> None:
    settings.PARLEY_CLOSE_AFTER = 30
    with time_machine.travel(datetime.fromisoformat(f"{now}+02:00"), tick=False):
        answer = send(old)
    assert answer.status_code == code
    assert ("This conversation closed on 31 May 2026." in answer.text) is (code == 403)


def test_a_post_may_close_earlier_than_the_site_or_never(
    old: Post, send: Send, settings: Any
) -> None:
    settings.PARLEY_CLOSE_AFTER = 30
    with time_machine.travel(old.due_at + timedelta(days=40), tick=False):
        take_replies(close_after=0)
        assert send(old).status_code == 303
        take_replies(close_after=7)
        assert "closed on 8 May 2026" in send(old).text
        assert "closed on 8 May 2026" in Client().get(old.get_absolute_url()).text


def test_nobody_replies_after_the_end_and_an_author_reopens_for_ever(
    author: Client, led: Post, send: Send, mo: User
) -> None:
    take_replies(close_after=1)
    Post.objects.update(published_at=timezone.now() - timedelta(days=2))
    moderator = Client()
    moderator.force_login(mo)
    for client in (Client(), moderator, author):
        assert send(led, client=client).status_code == 403
    lead(author, led, reopen="1")
    assert send(led, client=Client()).status_code == 303


def test_reopening_after_its_day_leaves_the_policy(old: Post, author: Client) -> None:
    old.authors.set(Author.objects.all())
    take_replies(old, policy="held", close_after=5)
    lead(author, old, reopen="1")
    old.refresh_from_db()
    conversation = conversation_of(old)
    assert (conversation.policy_in_force, conversation.is_over) == ("held", False)


def test_a_change_reaches_caches_and_keeps_no_revision(author: Client, led: Post) -> None:
    before = Post.objects.get()
    lead(author, led, pause="1")
    after = Post.objects.get()
    assert after.touched_at > before.touched_at
    assert (after.updated_at, after.version) == (before.updated_at, before.version)
    assert after.revisions.count() == before.revisions.count()


def test_a_post_that_is_deleted_while_somebody_presses_a_button_is_not_found(
    author: Client, led: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = live_post(led.address or "")
    monkeypatch.setattr("comments.views.lead.live_post", lambda _address: found)
    publishing.delete(post=Post.objects.get(pk=led.pk))
    assert lead(author, led, pause="1") == 404
