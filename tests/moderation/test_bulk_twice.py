"""The slices of a bulk: they go before mails, and run again when their worker died before it could say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django_tasks_db.compat import TaskResultStatus

from accounts.models import User
from background.models import Task
from blog.models import Post
from comments.models import Comment, Status
from moderation import bulk
from moderation.deciding import decide
from moderation.models import Decision
from outbox import tasks as outbox_tasks
from outbox.models import Mail
from outbox.sending import put_in_outbox
from tests.moderation.conftest import BULK, UNDO
from tests.moderators import QUEUE
from tests.replies import MakeReply

SLICES = [bulk.decide_slice.module_path, bulk.undo_slice.module_path]
RunTasks = Callable[[], Any]


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)


@pytest.fixture
def waiting(post: Post, make_reply: MakeReply) -> list[Comment]:
    return [make_reply(post, f"No. {n}", status=Status.PENDING) for n in range(5)]


def approve_all(client: Client) -> None:
    client.post(QUEUE, {**BULK, "action": "approve_selected"})


def undo_all(client: Client) -> None:
    client.post(UNDO, {"batch": str(Decision.objects.latest("pk").batch), "next": QUEUE})


def run_slices_again(run_tasks: RunTasks) -> int:
    """Return how many those were."""
    slices = Task.objects.filter(task_path__in=SLICES)
    number = slices.update(status=TaskResultStatus.READY, finished_at=None)
    run_tasks()
    return number


def all_there_is(post: Post) -> list[Any]:
    """The replies and the log as they are, and what is counted."""
    post.refresh_from_db()
    replies = Comment.objects.order_by("pk").values_list("pk", "status", "appeared_at")
    return [*replies, *Decision.objects.order_by("pk").values_list(), post.comment_count]


def test_mails_wait_until_all_is_decided(
    desk: Client, waiting: list[Comment], monkeypatch: Any, run_tasks: RunTasks
) -> None:
    left: list[int] = []

    def hand_over(mail: Mail) -> None:
        left.append(Comment.objects.waiting().count())

    monkeypatch.setattr(outbox_tasks, "_hand_over", hand_over)
    for number in range(3):
        put_in_outbox(EmailMessage("Hello", f"No. {number}", to=["wim@example.org"]))
    approve_all(desk)
    run_tasks()
    assert left == [0, 0, 0]


def test_a_slice_that_decides_changes_nothing_the_second_time(
    desk: Client, waiting: list[Comment], post: Post, run_tasks: RunTasks
) -> None:
    approve_all(desk)
    run_tasks()
    once = all_there_is(post)
    assert post.comment_count == 5
    assert run_slices_again(run_tasks) == 3
    assert all_there_is(post) == once


def test_a_slice_that_decides_again_leaves_what_was_decided_since(
    desk: Client, mo: User, waiting: list[Comment], post: Post, run_tasks: RunTasks
) -> None:
    approve_all(desk)
    run_tasks()
    decide(comments=waiting[:1], decision=Status.PENDING, by=mo)
    run_slices_again(run_tasks)
    waiting[0].refresh_from_db()
    assert waiting[0].status == "pending"


def test_a_slice_that_undoes_changes_nothing_the_second_time(
    desk: Client, waiting: list[Comment], post: Post, run_tasks: RunTasks
) -> None:
    approve_all(desk)
    run_tasks()
    undo_all(desk)
    run_tasks()
    once = all_there_is(post)
    assert set(Comment.objects.values_list("status", flat=True)) == {"pending"}
    assert post.comment_count == 0
    assert run_slices_again(run_tasks) > 3
    assert all_there_is(post) == once
