"""What is new since the last visit, without a script; and what scripts go by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import html

from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.comments.thread.test_threads import replies_on
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send

NEW = ".//span[@class='new-mark']"


def mark_read(client: Client, post: Post, **typed: Any) -> Any:
    """Press the button at the end of the thread."""
    page = html.fromstring(client.get(post.get_absolute_url()).text)
    (form,) = page.xpath("//form[@class='mark-read']")
    return client.post(form.get("action"), dict(form.form_values()) | typed)


def marks(client: Client, post: Post) -> list[bool]:
    return [bool(row.xpath(NEW)) for row in replies_on(client.get(post.get_absolute_url()))]


def test_what_appears_after_marking_as_read_is_new(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    first = make_reply(post)
    answer = mark_read(client, post)
    assert answer.status_code == 303
    assert answer["Location"] == f"{post.get_absolute_url()}#replies"
    assert marks(client, post) == [False]
    late = make_reply(post, parent=first)
    make_reply(post, name="Zoe")
    assert marks(client, post) == [False, True, True]
    page = client.get(post.get_absolute_url()).text
    assert "2 new replies here since you marked this as read" in page
    assert f'<a href="#comment-{late.pk}">Go to the first</a>' in page
    mark_read(client, post)
    assert marks(client, post) == [False] * 3


def test_a_reply_approved_late_is_new_though_written_before(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    waiting = make_reply(post, status=Status.PENDING, at=timezone.now() - timedelta(hours=2))
    make_reply(post, name="Zoe")
    mark_read(client, post)
    decide(comments=[waiting], decision=Status.APPROVED, by=None)
    assert marks(client, post) == [True, False]


def test_what_was_there_before_is_not_new_when_it_is_approved_again(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post)
    first = reply.appeared_at
    mark_read(client, post)
    decide(comments=[reply], decision=Status.REMOVED, by=None)
    decide(comments=[reply], decision=Status.APPROVED, by=None)
    reply.refresh_from_db()
    assert reply.appeared_at == first
    assert marks(client, post) == [False]


def test_a_reply_appears_when_it_is_first_approved(
    client: Client, post: Post, send: Send, make_reply: MakeReply
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False) as clock:
        send(post)
        waiting = Comment.objects.get()
        assert waiting.appeared_at is None
        clock.shift(3600)
        decide(comments=[waiting], decision=Status.APPROVED, by=None)
        waiting.refresh_from_db()
        assert waiting.appeared_at == timezone.now()
        clock.shift(3600)
        send(post, reply="At once this time.")
        assert Comment.objects.order_by("pk").last().appeared_at == timezone.now()


def test_the_own_reply_is_never_new(
    client: Client, post: Post, send: Send, make_reply: MakeReply
) -> None:
    make_reply(post)
    mark_read(client, post)
    send(post, reply="Mine.")
    decide(comments=Comment.objects.waiting(), decision=Status.APPROVED, by=None)
    assert marks(client, post) == [False, False]


def test_who_marked_nothing_carries_no_cookie_and_sees_no_marks(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post)
    assert marks(client, post) == [False]
    assert not client.cookies


def test_a_later_mark_is_not_undone_by_an_older_page(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post)
    mark_read(client, post)
    mark_read(client, post, until="1000")
    assert marks(client, post) == [False]


def test_the_last_fifty_conversations_are_remembered(
    client: Client, make_post: MakePost, make_reply: MakeReply
) -> None:
    posts = [make_post(f"Post {n}") for n in range(51)]
    for post in posts:
        client.post(f"/{post.address}/replies/read/", {"until": "1000"})
    for post in (posts[0], posts[1], posts[-1]):
        make_reply(post)
    assert [marks(client, post) for post in (posts[0], posts[1], posts[-1])] == [
        [False],
        [True],
        [True],
    ]


@pytest.mark.parametrize("until", ["", "x", "-1", "1.5", "9" * 18, "9" * 40, "١"])
def test_a_moment_that_is_none_is_refused(client: Client, post: Post, until: str) -> None:
    answer = client.post(f"/{post.address}/replies/read/", {"until": until})
    assert answer.status_code == 400
    assert not client.cookies


def test_another_sites_page_marks_nothing_as_read(client: Client, post: Post) -> None:
    answer = client.post(
        f"/{post.address}/replies/read/", {"until": "1"}, HTTP_ORIGIN="https://evil.example"
    )
    assert answer.status_code == 403


# --- what a page that stands open asks ---


def test_the_number_of_replies_is_told_by_one_query(
    client: Client, post: Post, make_reply: MakeReply, django_assert_num_queries: Any
) -> None:
    make_reply(post)
    make_reply(post, status=Status.PENDING)
    with django_assert_num_queries(1):
        answer = client.get(f"/{post.address}/replies/count/")
    assert answer.json() == {"count": 1}
    assert set(answer["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert not answer.cookies


def test_the_thread_comes_without_the_article(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post, "Once more.")
    answer = client.get(f"/{post.address}/replies/?sort=newest")
    assert "Once more." in answer.text
    assert "<html" not in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.get(f"/{post.address}/replies/?sort=x").status_code == 404


@pytest.mark.parametrize("part", ["", "count/", "read/", "lead/"])
def test_a_post_that_is_not_to_be_read_tells_nothing(
    client: Client, make_post: MakePost, make_user: MakeUser, part: str
) -> None:
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    scheduled = make_post("Soon", at=timezone.now() + timedelta(days=1))
    withdrawn = make_post("Gone")
    publishing.withdraw(post=withdrawn, by=None)
    for address in (scheduled.address, withdrawn.address, "2026/01/nothing"):
        assert address
        url = f"/{address}/replies/{part}"
        method = client.post if part in {"read/", "lead/"} else client.get
        assert method(url, {"until": "1", "pause": "1"}).status_code == 404
