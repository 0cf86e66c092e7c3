"""The blog's scheduled tasks."""

from __future__ import annotations

from background.queue import task
from background.schedule import every
from blog import changes


@every(hours=1)
@task()
def forget_changes() -> None:
    changes.forget_changes()
