"""Has the site's time zone in tasks as in requests."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from background.queue import task_finished, task_started
from site_settings.reading import zone
from web import in_memory


@receiver(task_started)
def begin_task(**kwargs: Any) -> None:
    in_memory.begin()
    timezone.activate(zone())


@receiver(task_finished)
def end_task(**kwargs: Any) -> None:
    timezone.deactivate()
