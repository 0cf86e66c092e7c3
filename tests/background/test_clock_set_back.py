"""A clock that was ahead and is set back leaves nothing that waits for the days in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from background import schedule
from background.clock import CLOCK_SKEW
from background.models import Schedule, Task
from background.queue import task
from background.tasks import correct_times_ahead

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
JUMP = timedelta(days=400)
RunTasks = Callable[[], Any]
Clock = time_machine.Traveller
done: list[str] = []
ills: list[Exception] = []


@task()
def note_the_minute() -> None:
    if ills:
        raise ills[0]
    done.append("minute")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """It stands still, and only the queue's own correction is scheduled."""
    kept = {correct_times_ahead.module_path: (correct_times_ahead, timedelta(minutes=10))}
    monkeypatch.setattr(schedule, "PERIODS", kept)
    done.clear()
    ills.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_what_is_scheduled_goes_on_at_once_and_the_log_says_why(
    clock: Clock, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    schedule.every(hours=1)(note_the_minute)
    clock.shift(JUMP)
    run_tasks()
    clock.shift(-JUMP)
    run_tasks()
    run_tasks()
    assert done == ["minute"] * 2
    assert "by a clock that was ahead" in caplog.text
    clock.shift(timedelta(hours=1))
    run_tasks()
    assert done == ["minute"] * 3


def test_workers_whose_clocks_differ_a_little_do_scheduled_work_once(
    clock: Clock, run_tasks: RunTasks
) -> None:
    schedule.every(hours=1)(note_the_minute)
    clock.shift(CLOCK_SKEW)
    run_tasks()
    clock.shift(-CLOCK_SKEW)
    run_tasks()
    assert done == ["minute"]


def test_another_attempt_is_not_put_off_until_then(clock: Clock, run_tasks: RunTasks) -> None:
    ills.append(ConnectionError("away"))
    note_the_minute.enqueue()
    clock.shift(JUMP)
    run_tasks()
    run_tasks()
    ills.clear()
    clock.shift(-JUMP)
    run_tasks()
    run_tasks()
    assert done == ["minute"]


def test_an_attempt_that_failed_then_is_followed_by_one_after_the_usual_pause(
    clock: Clock, run_tasks: RunTasks
) -> None:
    ills.append(ConnectionError("away"))
    note_the_minute.enqueue()
    Task.objects.get().claim("a worker")
    Task.objects.get(task_path=note_the_minute.module_path).set_failed(ills[0])
    Task.objects.update(finished_at=NOW + JUMP)
    ills.clear()
    run_tasks()
    clock.shift(timedelta(seconds=10))
    run_tasks()
    assert done == ["minute"]


def test_a_worker_that_died_then_is_missed_after_the_usual_time(
    clock: Clock, run_tasks: RunTasks
) -> None:
    note_the_minute.enqueue()
    clock.shift(JUMP)
    Task.objects.get().claim("dead worker")
    clock.shift(-JUMP)
    run_tasks()
    for _ in range(2):
        clock.shift(timedelta(minutes=4))
        run_tasks()
    assert done == ["minute"]


def test_what_is_due_in_its_time_stays_as_it_is(clock: Clock, run_tasks: RunTasks) -> None:
    schedule.every(hours=1)(note_the_minute)
    run_tasks()
    due_at = dict(Schedule.objects.values_list("name", "due_at"))
    run_tasks()
    assert dict(Schedule.objects.values_list("name", "due_at")) == due_at
