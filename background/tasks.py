"""Scheduled tasks that clean up the queue."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from background.models import Task
from background.queue import task
from background.schedule import every

KEPT_FOR = timedelta(days=1)
PARKED_KEPT_FOR = timedelta(days=30)


@every(hours=1)
@task()
def forget_finished_tasks() -> None:
    """Delete successful tasks after a day, and parked ones after a month for somebody to look."""
    now = timezone.now()
    Task.objects.successful().filter(finished_at__lt=now - KEPT_FOR).delete()
    Task.objects.parked().filter(enqueued_at__lt=now - PARKED_KEPT_FOR).delete()


@every(minutes=10)
@task()
def correct_times_ahead() -> None:
    """After a clock was ahead and set back, let no task wait for the days in between."""
    Task.objects.correct_times_ahead(timezone.now())
