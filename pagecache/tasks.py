"""What is told to the cache in front once more, in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from background.queue import SOMEBODY_WAITS, task
from pagecache.front import ban

# An old page may be on its way to the cache in front when it is told, and another machine may hear
# of the change a second later than this one.
LATER = timedelta(seconds=5)


@task()
def tell_front_again(names: list[str]) -> None:
    """Tell it. Raises NotTold, and is tried again then."""
    if settings.PARLEY_PURGE:
        ban(names)


def tell_later(names: list[str], at: datetime | None) -> None:
    """Have it told some seconds from now; or at the moment `at`, and some seconds after it."""
    moments = [at, at + LATER] if at else [timezone.now() + LATER]
    for due in moments:
        tell_front_again.using(run_after=due, priority=SOMEBODY_WAITS).enqueue(names)
