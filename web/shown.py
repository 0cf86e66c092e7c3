"""What pages show, by name: a view says what its page shows, a verb says what has changed.

A name is short text such as "post:7". Each app has its names in its own `shown.py`. The app
`pagecache` keeps pages by them; it gets them from here, since no lower app knows it. (CDNs call
such names surrogate keys or cache tags.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model
from django.dispatch import Signal
from django.http import HttpRequest

# Every page shows it: the name for changes that may concern anything.
SITE = "site"
# The name for changes after which other things change by the clock than was announced before.
SCHEDULE = "schedule"
# The name for changes of what processes keep in memory (`web.in_memory`).
IN_MEMORY = "in memory"
# The key in a request's environment under which a page cache keeps a `Shown`.
SHOWN = "parley.shown"
WAITING = "parley_changed"  # the attribute of a database connection with what is to be announced
View = TypeVar("View", bound=Callable[..., Any])

# Within the transaction: `names` are about to change, or have just been changed; `at` as below.
names_changing = Signal()
# After commit: `names` of what has changed, and `at`, when readers see it (None: now).
names_changed = Signal()


# Returns names with the moments, after the one that is given, at which readers see them change.
Schedule = Callable[[datetime], Iterable[tuple[str, datetime]]]
_schedules: list[Schedule] = []


@dataclass
class Shown:
    """What one page shows, and when that changes by the clock alone (None: never).

    `names` were said by its view, `used` by what its view called.
    """

    names: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    until: datetime | None = None


_being_made: ContextVar[Shown | None] = ContextVar("page being made", default=None)


def named(model: type[Model], key: object) -> str:
    """Return the name of the object with this key: "post:7"."""
    return f"{model._meta.model_name}:{key}"


def register_schedule(schedule: Schedule) -> None:
    """Let an app say what changes by the clock, for processes that have not heard of it."""
    _schedules.append(schedule)


def scheduled(after: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield what changes by the clock alone after that moment, each with its own."""
    for schedule in _schedules:
        yield from schedule(after)


def same_for_all(*parameters: str) -> Callable[[View], View]:
    """Mark a view whose page is the same for all readers without one of the site's cookies.

    It depends on the address, these query parameters, the host and the interface's language.
    """

    def mark(view: View) -> View:
        view.__dict__["known_parameters"] = frozenset(parameters)
        return view

    return mark


def shows(request: HttpRequest, *names: str) -> None:
    """Say that the page being made shows these things. A page that says nothing is never kept."""
    if page := request.META.get(SHOWN):
        page.names.update(names)


@contextmanager
def making() -> Iterator[Shown]:
    """Collect what a page shows that is made meanwhile, in this thread, for a page cache."""
    shown = Shown()
    token = _being_made.set(shown)
    try:
        yield shown
    finally:
        _being_made.reset(token)


def uses(name: str) -> None:
    """Say that the page which is being made, if any, shows this, whether it is kept or not.

    For what any code may look up that knows no request, such as a setting.
    """
    if page := _being_made.get():
        page.used.add(name)


def changes_at(request: HttpRequest, moment: datetime | None) -> None:
    """Say that the page being made changes by itself at this moment, if not None."""
    page: Shown | None = request.META.get(SHOWN)
    if page and moment:
        page.until = min(page.until or moment, moment)


def will_change() -> None:
    """Say within a transaction that something changes, for names that are known after its commit."""
    names_changing.send(sender=None, names=(), at=None)


def changed(*names: str, at: datetime | None = None) -> None:
    """Announce, when the transaction commits, that these things have changed.

    With `at`, readers see the change at that moment, which lies ahead.
    """
    if not names:
        return
    names_changing.send(sender=None, names=names, at=at)
    connection = connections[DEFAULT_DB_ALIAS]  # this thread's own
    connection.__dict__.setdefault(WAITING, defaultdict(set))[at].update(names)
    # Asked, since the call may have gone with a savepoint or transaction that was rolled back.
    if not any(waits[1] is announce_waiting for waits in connection.run_on_commit):
        transaction.on_commit(announce_waiting)


def announce_waiting() -> None:
    """Announce all that changed in a transaction, once.

    To be called after a request too: what was to be announced still waits if the transaction was
    rolled back, where to announce it costs little, or if something else failed after its commit.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        return
    for at, names in connection.__dict__.pop(WAITING, {}).items():
        # Robust: what is committed is stored, whoever cannot be told of it. Django logs the error.
        names_changed.send_robust(sender=None, names=tuple(names), at=at)
