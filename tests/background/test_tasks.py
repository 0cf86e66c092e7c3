"""Background work: tried again, parked, done on time, and never by two at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from background import schedule
from background.models import MOST_ATTEMPTS, Schedule, Task
from background.queue import GiveUp, task

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RunTasks = Callable[[], Any]
Clock = time_machine.Traveller
done: list[str] = []
ills: list[Exception] = []


@task()
def note_down(word: str) -> None:
    if ills:
        raise ills[0]
    done.append(word)


@task()
def note_the_hour() -> None:
    done.append("hour")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()
    ills.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """It stands still, and nothing but these tests' own is scheduled."""
    monkeypatch.setattr(schedule, "PERIODS", {})
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_a_task_is_done_once(clock: Clock, run_tasks: RunTasks) -> None:
    note_down.enqueue("tea")
    assert done == []
    run_tasks()
    run_tasks()
    assert done == ["tea"]


def test_a_task_that_fails_is_tried_again_after_ever_longer_pauses(
    clock: Clock, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    ills.append(ConnectionError("away"))
    note_down.enqueue("tea")
    attempts_after = []
    for second in range(0, 140, 10):
        before = Task.objects.get().attempts
        run_tasks()
        if Task.objects.get().attempts > before:
            attempts_after.append(second)
        clock.shift(timedelta(seconds=10))
    assert attempts_after == [0, 10, 40, 130]
    ills.clear()
    clock.shift(timedelta(minutes=10))
    run_tasks()
    assert done == ["tea"]


def test_the_log_tells_why_a_task_failed_when_it_first_does(
    clock: Clock, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    ills.append(ConnectionError("mail.example refused"))
    note_down.enqueue("tea")
    run_tasks()
    (told,) = [
        record.getMessage() for record in caplog.records if "note_down" in record.getMessage()
    ]
    assert "attempt 1" in told
    assert told.endswith("ConnectionError: mail.example refused")


def test_what_keeps_failing_is_parked_and_told(
    clock: Clock, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    ills.append(ConnectionError("away"))
    note_down.enqueue("tea")
    for _ in range(MOST_ATTEMPTS + 5):
        run_tasks()
        clock.shift(timedelta(days=1))
    parked = Task.objects.parked().get()
    assert parked.attempts == MOST_ATTEMPTS
    (told,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "is parked" in told.getMessage()


def test_a_task_that_gives_up_is_parked_at_once(clock: Clock, run_tasks: RunTasks) -> None:
    ills.append(GiveUp("no use"))
    note_down.enqueue("tea")
    run_tasks()
    run_tasks()
    assert Task.objects.parked().get().attempts == 1


def test_a_task_whose_worker_died_runs_again(clock: Clock, run_tasks: RunTasks) -> None:
    note_down.enqueue("tea")
    Task.objects.get().claim("dead worker")
    run_tasks()
    clock.shift(timedelta(minutes=2))
    run_tasks()
    assert done == []
    clock.shift(timedelta(minutes=2))
    run_tasks()
    clock.shift(timedelta(seconds=11))
    run_tasks()
    assert done == ["tea"]


def test_a_task_that_kills_its_workers_is_parked_too(clock: Clock, run_tasks: RunTasks) -> None:
    note_down.enqueue("tea")
    for _ in range(MOST_ATTEMPTS):
        Task.objects.get().claim("dead worker")
    clock.shift(timedelta(minutes=4))
    run_tasks()
    assert Task.objects.parked().count() == 1
    assert done == []


def test_scheduled_work_is_done_once_in_each_period(clock: Clock, run_tasks: RunTasks) -> None:
    schedule.every(hours=1)(note_the_hour)
    for _ in range(9):
        run_tasks()
        run_tasks()
        clock.shift(timedelta(minutes=20))
    assert done == ["hour"] * 3


def test_periods_that_nobody_worked_are_not_made_up_for(clock: Clock, run_tasks: RunTasks) -> None:
    schedule.every(hours=1)(note_the_hour)
    run_tasks()
    clock.shift(timedelta(days=2))
    run_tasks()
    run_tasks()
    assert done == ["hour"] * 2


def test_the_worker_that_moves_the_date_is_the_one_to_work(
    clock: Clock, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule.every(hours=1)(note_the_hour)
    run_tasks()
    clock.shift(timedelta(hours=2))
    # Another worker enqueues between this one's look and its move.
    seen = dict(Schedule.objects.values_list("name", "due_at"))
    monkeypatch.setattr(schedule, "due_dates", lambda: seen)
    schedule.enqueue_due()
    schedule.enqueue_due()
    run_tasks()
    assert done == ["hour"] * 2


def test_finished_tasks_are_forgotten_after_a_day(run_tasks: RunTasks) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        note_down.enqueue("tea")
        run_tasks()
        clock.shift(timedelta(hours=30))
        run_tasks()
    assert not Task.objects.filter(task_path__endswith="note_down").exists()


@pytest.mark.parametrize("seconds", ["-1", "0", "nan", "inf", "soon"])
def test_a_worker_that_is_to_look_at_no_sensible_times_says_so(seconds: str) -> None:
    with pytest.raises(CommandError, match=f"seconds from .* not “{seconds}”"):
        call_command("work", "--interval", seconds)
