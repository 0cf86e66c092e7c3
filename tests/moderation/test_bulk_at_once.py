"""Somebody undoes a bulk while a worker decides a slice of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from background.models import Task
from blog.models import Post
from comments.models import Comment, Status
from moderation import bulk
from moderation.bulk import decide_all, decide_slice, undo_all
from moderation.deciding import Outcome, decide
from tests.conftest import MakeUser
from tests.replies import MakeReply

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
# In seconds: nobody waits that long, and somebody who does not wait at all is seen within the shorter.
LONG, SHORT = 20, 0.5


def beside(call: Callable[[], Any]) -> Thread:
    def run() -> None:
        call()
        connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_an_undo_waits_for_the_slice_and_stops_the_others(
    post: Post, make_reply: MakeReply, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, go_on, mo = Event(), Event(), make_user("mo")

    def decide_slowly(**what: Any) -> Outcome:
        outcome = decide(**what)
        decided.set()
        go_on.wait(LONG)
        return outcome

    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "decide", decide_slowly)
    for number in range(4):
        make_reply(post, f"No. {number}", status=Status.PENDING)
    batch = decide_all(comments=Comment.objects.waiting(), decision=Status.SPAM, by=mo).batch
    tasks = Task.objects.filter(task_path=decide_slice.module_path)
    slices = [task.args_kwargs["args"] for task in tasks]
    worker = beside(lambda: decide_slice.func(*slices[0], batch=str(batch.pk)))
    assert decided.wait(LONG)
    moderator = beside(lambda: undo_all(batch=batch, by=mo))
    moderator.join(SHORT)
    assert moderator.is_alive()
    go_on.set()
    for thread in (worker, moderator):
        thread.join(LONG)
    decide_slice.func(*slices[1], batch=str(batch.pk))
    assert batch.decisions.count() == 2
    assert Comment.objects.waiting().count() == 4
