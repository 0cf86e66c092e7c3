"""Looks after the page cache of a serving process, in a thread of its own.

It makes wanted pages again: those that were dropped while people asked for them, and after a start
those that people asked for most before the last stop. It looks for changes that nobody could tell of.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from pagecache.cache import PageCache
from pagecache.channels.choosing import channel, tell
from pagecache.channels.listening import Listener
from pagecache.front import front
from pagecache.keys import Key
from pagecache.log import hash_of
from web.shown import SITE, scheduled

logger = logging.getLogger(__name__)
EVERY = 0.5  # seconds
Counted = Callable[[PageCache], None]
WRITTEN_EVERY = 60.0  # seconds
MOST_WRITTEN = 200  # pages


class Keeper(Thread):
    """Runs until `stop`. `make` makes and keeps the page of a key, `wanted` is a file of keys.

    `counted`, if given, is called with the cache again and again, and reads what it counts.
    """

    def __init__(
        self,
        cache: PageCache,
        *,
        make: Callable[[Key], object],
        wanted: Path,
        counted: Counted | None = None,
    ) -> None:
        super().__init__(name="page cache", daemon=True)
        self.cache = cache
        self.make = make
        self.wanted = wanted
        self.counted = counted
        self._ends = Event()
        self._written = monotonic()
        self._fails = False

    def run(self) -> None:
        self._try(self.learn_schedule)
        self._try(self.make_wanted)
        while not self._ends.wait(EVERY):
            self.count()  # also while the database is away
            self._try(self.look)

    def stop(self) -> None:
        """End the thread, and write down which pages are wanted."""
        self._ends.set()
        self.join()
        self.count()
        write_wanted(self.wanted, self.cache.keys_by_use())

    def learn_schedule(self) -> None:
        """Ask what is to change by the clock alone, if that is not known."""
        if not self.cache.knows_schedule:
            since = self.cache.begin()
            after = datetime.fromtimestamp(self.cache.unknown_since, UTC)
            found = [(hash_of(name), at.timestamp()) for name, at in scheduled(after)]
            self.cache.learn(found, since=since)
            connection.close_if_unusable_or_obsolete()

    def make_wanted(self) -> None:
        """Make the pages that were wanted before the last stop."""
        self._make(read_wanted(self.wanted))

    def count(self) -> None:
        """Have read what the cache has counted."""
        if self.counted:
            self.counted(self.cache)

    def look(self) -> None:
        """Do once what is to be done again and again."""
        if self.cache.log.clear_dead_writers():
            logger.warning("A process ended while it changed something: all pages are made anew")
            tell(self.cache.log, [SITE], 0.0)
            forget_in_front()
        self.cache.note_clock()
        self.cache.catch_up()
        self.learn_schedule()
        self._make(self._missed())
        if monotonic() - self._written > WRITTEN_EVERY:
            self._written = monotonic()
            write_wanted(self.wanted, self.cache.keys_by_use())
        # Last, since it fails where the disk is full.
        self.cache.log.open_again_if_removed()

    def _try(self, act: Callable[[], None]) -> None:
        """Do it, and log the first of several failures.

        Not of the database: who runs the site is told of that by all that asks it.
        """
        try:
            act()
            self._fails = False
        except (DatabaseError, InterfaceError):
            connection.close_if_unusable_or_obsolete()
        except Exception:
            if not self._fails:
                logger.exception("The page cache cannot be looked after")
            self._fails = True

    def _missed(self) -> Iterable[Key]:
        while self.cache.missed:
            yield self.cache.missed.popleft()

    def _make(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if self._ends.is_set():
                return
            if self.cache.peek(key) is None:
                self.make(key)


def look_after(
    cache: PageCache, make: Callable[[Key], object], counted: Counted | None = None
) -> Callable[[], None]:
    """Look after a cache from now on, and hear what other machines change; return how to stop.

    To be called in the process that serves, since threads do not survive a fork.
    """
    used = channel()
    threads: list[Keeper | Listener] = [
        Keeper(cache, make=make, wanted=cache.log.path.with_name("wanted.json"), counted=counted)
    ]
    if used:
        threads.append(Listener(used, cache))
    for thread in threads:
        thread.start()

    def stop() -> None:
        for thread in threads:
            thread.stop()

    return stop


def forget_in_front() -> None:
    """Have the cache in front, if there is one, forget all pages."""
    if settings.PARLEY_PURGE:
        front.tell([SITE])


def read_wanted(file: Path) -> list[Key]:
    """Return the keys that were written down, most wanted first; none if the file is no such file."""
    try:
        return [_key_of(fields) for fields in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def _key_of(fields: Iterable[Any]) -> Key:
    """Return the key with these fields. Raises TypeError or ValueError if they make none."""
    key = Key(*fields)
    if [type(field) for field in key] != [bool, str, str, str, str]:
        raise TypeError
    "".join(key[1:]).encode("latin-1")  # what a request's environment may hold (PEP 3333)
    return key


def write_wanted(file: Path, keys: list[Key]) -> None:
    """Write down the most wanted keys, in one piece or not at all."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        aside.write_text(json.dumps(keys[:MOST_WRITTEN]), encoding="utf-8")
        aside.replace(file)
