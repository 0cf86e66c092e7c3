"""Scheduled tasks: `every(hours=1)(task)`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from background.clock import CLOCK_SKEW
from background.models import Schedule

logger = logging.getLogger(__name__)
T = TypeVar("T")
PERIODS: dict[str, tuple[Any, timedelta]] = {}


def every(**period: float) -> Callable[[T], T]:
    """Enqueue this task, which takes no arguments, once in each period (arguments as for `timedelta`).

    Several workers enqueue it once together. A period in which no worker ran is not made up for.
    """

    def register(task: T) -> T:
        PERIODS[task.module_path] = (task, timedelta(**period))  # type: ignore[attr-defined]
        return task

    return register


def enqueue_due() -> None:
    """Enqueue the tasks that are due. A task that is new here is due at once.

    So is one that is due more than a period from now: a wrong clock wrote that date.
    """
    now = timezone.now()
    due_at = due_dates()
    for name, (task, period) in PERIODS.items():
        seen = due_at.get(name)
        is_wrong = seen is not None and seen > now + period + CLOCK_SKEW
        if seen is None or seen <= now or is_wrong:
            is_ours = _enqueue(name, task, now=now, period=period, seen=seen)
            if is_wrong and is_ours:
                logger.warning(
                    "%s was due on %s by a clock that was ahead: it runs now", name, seen
                )


def due_dates() -> dict[str, datetime]:
    return dict(Schedule.objects.values_list("name", "due_at"))


@transaction.atomic
def _enqueue(
    name: str, task: Any, *, now: datetime, period: timedelta, seen: datetime | None
) -> bool:
    """Move the date and enqueue the task; return False if another worker moved the date."""
    if seen is None:
        _, is_first = Schedule.objects.get_or_create(name=name, defaults={"due_at": now + period})
    else:
        moved = Schedule.objects.filter(name=name, due_at=seen).update(due_at=now + period)
        is_first = bool(moved)
    if is_first:
        task.enqueue()
    return is_first
