"""The queue's tasks as the admin shows them, and the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.compat import DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

from background.clock import CLOCK_SKEW
from background.queue import GiveUp

LONGEST_RUN = timedelta(minutes=3)
# The tenth attempt comes 27 hours after the first.
MOST_ATTEMPTS = 10
FIRST_PAUSE, FACTOR = timedelta(seconds=10), 3
# The longest wait before an attempt.
LONGEST_PAUSE = FIRST_PAUSE * FACTOR ** (MOST_ATTEMPTS - 2)
PARKED = "parked"
GAVE_UP = f"{GiveUp.__module__}.{GiveUp.__qualname__}"


class TaskQuerySet(DBTaskResultQuerySet):
    def broken_off(self, now: datetime) -> TaskQuerySet:
        """Return tasks that failed and are not parked, or run so long that the worker must be dead."""
        cut_off = Q(status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST_RUN)
        failed = Q(status=TaskResultStatus.FAILED) & ~Q(queue_name=PARKED)
        broken_off: TaskQuerySet = self.filter(cut_off | failed)
        return broken_off

    def correct_times_ahead(self, now: datetime) -> None:
        """Set times in the future, which a clock that was ahead wrote, to now.

        Otherwise an attempt would wait, and a dead worker would not be noticed, until that time.
        """
        waiting = self.filter(status=TaskResultStatus.READY, run_after__lt=get_date_max())
        waiting.filter(run_after__gt=now + LONGEST_PAUSE + CLOCK_SKEW).update(run_after=now)
        running = self.filter(status=TaskResultStatus.RUNNING, started_at__gt=now + CLOCK_SKEW)
        running.update(started_at=now)

    def parked(self) -> Any:
        """Return the tasks that failed for good and wait for a person."""
        return self.filter(status=TaskResultStatus.FAILED, queue_name=PARKED)

    def about(self, task: Any, argument: str) -> TaskQuerySet:
        """Return the rows of a task whose first argument is this."""
        found: TaskQuerySet = self.filter(task_path=task.module_path, args_kwargs__args__0=argument)
        return found

    def run_again(self) -> int:
        """Give the parked tasks among these all their attempts again; return their number."""
        return self.parked().update(
            status=TaskResultStatus.READY,
            queue_name=DEFAULT_TASK_QUEUE_NAME,
            run_after=timezone.now(),
            worker_ids=[],
        )


class Task(DBTaskResult):
    """One task in the queue. Each attempt adds the id of its worker to `worker_ids`."""

    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    @property
    def attempts(self) -> int:
        return len(self.worker_ids)

    @property
    def is_hopeless(self) -> bool:
        return self.exception_class_path == GAVE_UP or self.attempts >= MOST_ATTEMPTS

    @property
    def problem(self) -> str:
        """Why the task failed, in one line."""
        if self.status == TaskResultStatus.RUNNING:
            return "its worker died"
        return self.traceback.strip().rpartition("\n")[2]

    @property
    def pause(self) -> timedelta:
        """The wait before the next attempt: 10 s, 30 s, 90 s …"""
        return FIRST_PAUSE * FACTOR ** max(0, self.attempts - 1)


class Schedule(models.Model):
    """When a scheduled task is due next."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.due_at:%Y-%m-%d %H:%M}"
