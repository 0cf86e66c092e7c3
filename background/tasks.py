"""The queue's own housekeeping."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from background.models import Task
from background.queue import task
from background.schedule import every

KEPT_FOR = timedelta(days=1)


@every(hours=1)
@task()
def forget_finished_tasks() -> None:
    """What succeeded is of no use after a day; what is parked stays until somebody looks."""
    Task.objects.successful().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
