"""Answers of Akismet that are none: broken off, or no HTTP at all. A sound one may come later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from background.models import Task
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from outbox.models import Mail
from tests.spam.conftest import Fill
from tests.spam.fake_akismet import FakeAkismet

Run = Callable[[], None]
BROKEN = {
    "garbage": b"garbage\r\n\r\n",
    "nothing": b"\r\n",
    "a line without end": b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n",
    "cut off in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntr",
    "cut off in the word": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfal",
    "no word": b"HTTP/1.1 200 OK\r\n\r\n",
    "a page of a proxy": b"HTTP/1.1 200 OK\r\n\r\n<html>Sign in to this network</html>",
}
REFUSALS = {
    "an unknown key": b"HTTP/1.1 200 OK\r\n\r\ninvalid",
    "a missing field": b'HTTP/1.1 200 OK\r\nX-akismet-debug-help: Empty "blog" value\r\n\r\n',
}


def status_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).status


def mails_to(moderator: User) -> int:
    return Mail.objects.filter(kind="about_reply", whom=str(moderator.pk)).count()


def run_again(run_tasks: Run) -> None:
    Task.objects.update(run_after=timezone.now())
    run_tasks()


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_after_a_broken_answer_it_is_asked_again_and_moderators_are_told(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run, answer: bytes
) -> None:
    akismet.bytes_instead = answer
    comment = fill(post, "A fine article, and I mean it.", user=ria)
    run_tasks()
    assert (status_of(comment), mails_to(mo)) == (Status.PENDING, 1)
    assert not Task.objects.parked().exists()
    akismet.bytes_instead = b""
    run_again(run_tasks)
    assert status_of(comment) == Status.APPROVED


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS)
def test_after_a_refusal_it_is_not_asked_again_and_moderators_are_told(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run, answer: bytes
) -> None:
    akismet.bytes_instead = answer
    comment = fill(post, "A fine article, and I mean it.", user=ria)
    run_tasks()
    assert Task.objects.parked().count() == 1
    run_again(run_tasks)
    assert (akismet.verbs, mails_to(mo)) == (["comment-check"], 1)
    assert status_of(comment) == Status.PENDING


def test_a_correction_that_got_a_broken_answer_is_sent_again(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run
) -> None:
    akismet.answer = "true"
    comment = fill(post, "A fine article, and I mean it.", user=ria)
    run_tasks()
    akismet.bytes_instead = b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\nThanks for"
    decide(comments=[comment], decision=Status.APPROVED, by=mo)
    run_tasks()
    assert not Task.objects.parked().exists()
    akismet.bytes_instead = b""
    run_again(run_tasks)
    run_again(run_tasks)
    assert akismet.verbs == ["comment-check", "submit-ham", "submit-ham"]
