"""Whose row is whose: a post's is its authors', a conversation's is that of who writes and decides in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from blog import publishing
from blog.models import Post
from comments.models import Comment, Conversation, Status
from comments.verbs import counting, leading
from comments.verbs.deleting import delete_thread
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation.deciding import decide
from tests.conftest import MakePost
from tests.replies import MakeReply

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
LONGEST_WAIT = "2s"


def within_moments(job: Callable[[], object]) -> list[BaseException]:
    """Do this in a thread with a connection of its own; what went wrong, be it that it had to wait."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LONGEST_WAIT}'")
            job()
        except Exception as error:  # noqa: BLE001 - told by the test, in its own thread
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return errors


@pytest.fixture
def post(transactional_db: None, make_post: MakePost) -> Post:
    return make_post("Herons in town")


@contextmanager
def held_open(job: Callable[[], object]) -> Iterator[None]:
    """Keep a transaction open in which this was done."""
    with transaction.atomic():
        job()
        yield


def save(post: Post) -> Callable[[], object]:
    def run() -> object:
        read = Post.objects.get(pk=post.pk)
        read.title += "!"
        read.slug = "moved"  # the address is a key of the row
        return publishing.save_post(post=read, by=None)

    return run


def reply_to(post: Post, above: Comment) -> Callable[[], object]:
    """One that appears at once, and is counted."""
    return lambda: post_comment(
        post=Post.objects.get(pk=post.pk),
        body="Well said.",
        language="en",
        parent=above,
        name="Guest",
        email="guest@example.org",
        visitor=Visitor(own_replies=[above.pk]),
    )


def approve(comment: Comment) -> Callable[[], object]:
    return lambda: decide(comments=[comment], decision=Status.APPROVED, by=None)


def test_a_press_waits_for_no_save_of_the_post(post: Post, make_reply: MakeReply) -> None:
    waiting = make_reply(post, status=Status.PENDING)
    with held_open(save(post)):
        assert within_moments(approve(waiting)) == []
    assert Post.objects.get().comment_count == 1


def test_a_save_of_the_post_waits_for_no_press(post: Post, make_reply: MakeReply) -> None:
    waiting = make_reply(post, status=Status.PENDING)
    with held_open(approve(waiting)):
        assert within_moments(save(post)) == []
    assert Post.objects.get().title == "Herons in town!"


def test_a_save_of_the_post_waits_for_no_reply(post: Post, make_reply: MakeReply) -> None:
    above = make_reply(post)
    with held_open(reply_to(post, above)):
        assert within_moments(save(post)) == []


@pytest.mark.parametrize("first", [True, False])
def test_whoever_decides_under_a_post_waits_for_who_does_so_already(
    post: Post, make_reply: MakeReply, first: bool
) -> None:
    waiting, other = (make_reply(post, status=Status.PENDING) for _n in range(2))
    if first:
        Conversation.objects.all().delete()
    with held_open(approve(waiting)):
        (error,) = within_moments(approve(other))
    assert "lock timeout" in str(error)


def test_a_post_that_goes_waits_for_who_decides_and_takes_all_along(
    post: Post, make_reply: MakeReply
) -> None:
    waiting = make_reply(post, status=Status.PENDING)
    leading.pin(comment=make_reply(post))
    with held_open(approve(waiting)):
        (error,) = within_moments(lambda: delete_thread(post=post))
    assert "lock timeout" in str(error)
    publishing.delete(post=Post.objects.get())
    assert not Conversation.objects.exists()
    assert not Comment.objects.exists()


def test_the_lock_of_a_post_that_is_gone_is_no_error(post: Post) -> None:
    pk = post.pk
    publishing.delete(post=post)
    with transaction.atomic():
        counting.lock_threads([pk])
    assert not Conversation.objects.exists()
