"""Two workers on one database, at work at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection

from background import schedule
from background.models import Task
from background.queue import task

NUMBER = 20
done: list[int] = []
both = Barrier(2, timeout=30)


@task()
def note_down_beside_another(number: int) -> None:
    """It ends when the other worker is at a task too."""
    done.append(number)
    both.wait()


def work_off(_: int) -> None:
    try:
        call_command("work", once=True)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_two_workers_find_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "PERIODS", {})
    done.clear()
    for number in range(NUMBER):
        note_down_beside_another.enqueue(number)
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work_off, range(2)))
    assert sorted(done) == list(range(NUMBER))
    assert Task.objects.successful().count() == NUMBER
    by = [tuple(task.worker_ids) for task in Task.objects.all()]
    assert sorted(map(by.count, set(by))) == [NUMBER // 2] * 2
