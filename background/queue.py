"""How work leaves the request: `@task()` on a function, `.enqueue(…)` where it is wanted.

A task is a row in the database, written in the transaction of whoever asks for it, so that a
request that is rolled back asks for nothing. Arguments are JSON: ids, never rows. A task may run
again after a failure or a power cut (`background.revival`), so each one looks first whether its
work is done. It has three minutes: what takes longer is cut into several.
"""

from __future__ import annotations

from importlib.util import find_spec

if find_spec("django.tasks"):
    from django.tasks import task
else:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef, unused-ignore]

__all__ = ["SOMEBODY_WAITS", "GiveUp", "task"]

# The priority of what somebody sees being done: it goes before mails, however many there are.
SOMEBODY_WAITS = 10


class GiveUp(Exception):
    """Raised by a task that would fail again however often it ran: it is parked at once."""
