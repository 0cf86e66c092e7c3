"""Runs failed and interrupted tasks again, and parks those that keep failing."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus

from background.models import PARKED, Task

MOST_AT_ONCE = 500
logger = logging.getLogger(__name__)


def revive() -> None:
    """Retry or park each task that failed or whose worker died. Several workers may do so at once."""
    now = timezone.now()
    broken_off: Any = Task.objects.broken_off(now).order_by("enqueued_at")
    for task in broken_off[:MOST_AT_ONCE]:
        if task.is_hopeless:
            _park(task)
        else:
            _try_again(task, now)


def _try_again(task: Task, now: datetime) -> None:
    ended_at = min(task.finished_at or now, now)  # the clock may have been set back meanwhile
    ready_at = ended_at + task.pause
    if _change(task, status=TaskResultStatus.READY, run_after=ready_at):
        text = "%s failed (attempt %d) and runs again at %s: %s"
        logger.warning(text, task.task_path, task.attempts, ready_at, task.problem)


def _park(task: Task) -> None:
    if _change(task, status=TaskResultStatus.FAILED, queue_name=PARKED):
        logger.error("%s is parked: %s", task.task_path, task.traceback or task.problem)


def _change(task: Task, **values: object) -> bool:
    """Change the task; return False if another worker was first."""
    as_seen = Task.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    return bool(as_seen.update(**values))
