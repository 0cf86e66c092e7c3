"""Values of the database that every process keeps in memory, and reads again when they may have changed.

    MENUS = InMemory(read_menus)
    MENUS.get()

Whoever changes such a value announces `IN_MEMORY` with what else has changed (`web.shown.changed`).
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.signals import request_started
from django.db import DatabaseError, InterfaceError
from django.dispatch import receiver

from web.shown import IN_MEMORY, SITE, names_changed

Value = TypeVar("Value")
Version = Callable[[], int | None]


class Held(NamedTuple):
    value: Any
    version: object


class _Now:
    """What this process knows of changes; an upper app says how it hears of those of others."""

    def __init__(self) -> None:
        self.heard: Version = lambda: None
        self.own = 0  # changes that this process announced
        self.turn = local()  # the request or task of each thread

    def version(self) -> object:
        """Return what differs after each change: surely if others are heard, else in each request."""
        heard = self.heard()
        return (self.own, heard) if heard is not None else (self.own, self.begun())

    def begun(self) -> object:
        """Return an object of this thread's request."""
        if not hasattr(self.turn, "mark"):
            self.turn.mark = object()
        return self.turn.mark


_now = _Now()


def register_version(version: Version) -> None:
    """Have `version` asked for a number that differs after each announcement of `IN_MEMORY`.

    None says that this process may not hear of all of them. Then a value is read once in a request.
    """
    _now.heard = version


@receiver(request_started)
def begin(**kwargs: Any) -> None:
    """A request, or another piece of work in this thread, begins."""
    _now.turn.mark = object()


@receiver(names_changed)
def note(names: tuple[str, ...], **kwargs: Any) -> None:
    if IN_MEMORY in names or SITE in names:
        forget()


def forget() -> None:
    """Have all values read again in this process."""
    _now.own += 1


class InMemory(Generic[Value]):
    """What `read` returns. For all threads of a process."""

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._held: Held | None = None

    def get(self) -> Value:
        """Return the value, read again if it may have changed.

        While the database is away it is the one that was read last. Raises DatabaseError or
        InterfaceError if there is none.
        """
        version, held = _now.version(), self._held  # before it is read
        if held is None or held.version != version:
            held = self._held = Held(self._again(held), version)
        value: Value = held.value
        return value

    def peek(self) -> Value | None:
        """Return the value, or None if it would have to be read: for threads that must not wait."""
        held = self._held
        return held.value if held and held.version == _now.version() else None

    def _again(self, held: Held | None) -> Any:
        try:
            return self._read()
        except (DatabaseError, InterfaceError):
            if held is None:
                raise
            return held.value
