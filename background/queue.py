"""The queue: `@task()` makes a function a task, `.enqueue(…)` asks for it.

A task is a row in the database, written in the caller's transaction: a request that is rolled back
enqueues nothing. Arguments are JSON: ids, never rows. A task may run again after a failure or a
power cut (`background.revival`), so each one first checks whether its work is done. It has three
minutes: longer work is split into several tasks.
"""

from __future__ import annotations

from importlib.util import find_spec

if find_spec("django.tasks"):
    from django.tasks import task
    from django.tasks.signals import task_finished, task_started
else:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef, unused-ignore]
    from django_tasks.signals import task_finished, task_started

__all__ = ["SOMEBODY_WAITS", "GiveUp", "task", "task_finished", "task_started"]

# The priority of tasks for which somebody waits: they run before any number of mails.
SOMEBODY_WAITS = 10


class GiveUp(Exception):
    """Raised by a task that would fail at every attempt: it is parked at once."""
