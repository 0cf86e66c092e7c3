"""Work that is done again and again: `every(hours=1)(task)`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from background.models import Schedule

T = TypeVar("T")
PERIODS: dict[str, tuple[Any, timedelta]] = {}


def every(**period: float) -> Callable[[T], T]:
    """Enqueue this task, which takes no arguments, once in each period (as `timedelta` has it).

    However many workers there are it is once, and a period that none of them saw is not made up for.
    """

    def register(task: T) -> T:
        PERIODS[task.module_path] = (task, timedelta(**period))  # type: ignore[attr-defined]
        return task

    return register


def enqueue_due() -> None:
    """Enqueue what has become due. A task that is new here is due at once."""
    now = timezone.now()
    due_at = due_dates()
    for name, (task, period) in PERIODS.items():
        if due_at.get(name, now) <= now:
            _enqueue(name, task, now=now, period=period, seen=due_at.get(name))


def due_dates() -> dict[str, datetime]:
    return dict(Schedule.objects.values_list("name", "due_at"))


@transaction.atomic
def _enqueue(
    name: str, task: Any, *, now: datetime, period: timedelta, seen: datetime | None
) -> None:
    """Whoever moves the date is the one to enqueue."""
    if seen is None:
        _, is_first = Schedule.objects.get_or_create(name=name, defaults={"due_at": now + period})
    else:
        moved = Schedule.objects.filter(name=name, due_at=seen).update(due_at=now + period)
        is_first = bool(moved)
    if is_first:
        task.enqueue()
