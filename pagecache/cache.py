"""The page cache of one process: what it keeps is dropped when the log of changes says so."""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Lock

from pagecache.answers import Kept
from pagecache.keys import Key
from pagecache.log import EVERYTHING, FORGETTING, ChangeLog, hash_of
from pagecache.store import Store
from web.shown import SCHEDULE

# Seconds that a request waits for another one that makes the same page.
PATIENCE = 5.0
# Wanted pages that are made again before anybody asks.
MOST_MISSED = 100
OFTEN = 1.0  # requests in a second
LIFE_WHILE_UNTOLD = 3.0  # seconds
# Names (hashes) after which it is not known any more what is to change by the clock: with EVERYTHING
# what was said meanwhile is lost, also of what is to come.
UNSCHEDULED = (EVERYTHING, hash_of(SCHEDULE))
# Changes that are remembered for pages that were being made meanwhile.
MOST_REMEMBERED = 50_000


class PageCache:
    """Pages of at most `room` bytes, as fresh as `log` says."""

    def __init__(self, log: ChangeLog, room: int) -> None:
        self.log = log
        self.counts: Counter[str] = Counter()
        # The moment (Unix time) until which it is sure that changes of other machines are heard of.
        # Whoever listens moves it on, so it also passes when that thread hangs. Infinite: nobody does.
        self.heard_until = math.inf
        # False until it is known what is to change by the clock (`learn`), and since when (Unix time).
        self.knows_schedule = False
        self.unknown_since = self._clock = time.time()
        # Grows when languages may be chosen in another way than before (`keys.key_of`).
        self.generation = 0
        self._store = Store(room)
        self._turn = Lock()
        self._seen = log.position
        self._due: list[tuple[float, int]] = []  # what changes by the clock, soonest first
        self._next_due = math.inf
        # When each name changed last, as a number of changes seen.
        self._changes = 0
        self._changed: dict[int, int] = {}
        self._unknown_before = 0
        self._flights: dict[Key, Future[Kept | None]] = {}
        # Pages that people asked for when they were dropped, most asked for first.
        self.missed: deque[Key] = deque(maxlen=MOST_MISSED)

    def find(self, key: Key) -> Kept | None:
        """Return the page with this key, unless it is not there or no longer as it would be made."""
        self.catch_up()
        page = self._store.get(key)
        return page if page and self.is_fresh(page, time.time()) else None

    def peek(self, key: Key) -> Kept | None:
        """Return the page with this key, be it as it would be made now or not (`is_fresh`)."""
        return self._store.get(key)

    def is_fresh(self, page: Kept, now: float) -> bool:
        """Return whether a page may be given away at this moment (Unix time)."""
        return (
            page.is_kept
            and self._seen == self.log.position
            and now < page.until
            and now < self._next_due
            and self._is_told(page, now)
        )

    def _is_told(self, page: Kept, now: float) -> bool:
        is_told = now < self.heard_until and self.knows_schedule
        return is_told or now - page.stored_at < LIFE_WHILE_UNTOLD

    def form(self, key: Key, page: Kept, coding: str) -> None:
        """Make the page's form in a coding, and count its bytes."""
        if coding not in page.forms:
            page.form(coding)
            with self._turn:
                self._store.grow(page, key)

    def begin(self) -> int:
        """Return a mark of now, for a page whose making begins (`keep`)."""
        self.catch_up()
        return self._changes

    def keep(self, key: Key, page: Kept, *, since: int) -> bool:
        """Keep a page, and return whether: not if what it shows has changed `since` that mark."""
        self.catch_up()
        with self._turn:
            if since < self._unknown_before:
                return False
            names = (EVERYTHING, *page.names)
            if any(self._changed.get(name, 0) > since for name in names):
                return False
            if page.until <= time.time():
                return False
            self._store.put(key, page)
            return True

    def one_at_a_time(self, key: Key, make: Callable[[], Kept | None]) -> Kept | None:
        """Call `make` for a page that is missing, once for all threads that ask for it.

        Those that come later get the page if it could be kept, and None if it could not or does not
        come in time: nothing that they are given is older than their own request.
        """
        with self._turn:
            flight = self._flights.get(key)
            is_first = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not is_first:
            return _landed(flight)
        page = None
        try:
            page = make()
            return page
        finally:
            with self._turn:
                del self._flights[key]
            flight.set_result(page if page and page.is_kept else None)

    def catch_up(self) -> None:
        """Drop the pages whose names changed since the last look, or by the clock."""
        if self._seen == self.log.position and time.time() < self._next_due:
            return
        with self._turn:
            position, records = self.log.since(self._seen)
            self._note((record.at, record.name) for record in records)
            # Last: until then `is_fresh` says no.
            self._seen = position

    def note_clock(self) -> None:
        """Forget all pages if the clock was set back: what it has changed, it will change again."""
        before, self._clock = self._clock, time.time()
        if self._clock < before:
            self.empty()

    def empty(self) -> None:
        """Forget all pages of this process, also those that are being made."""
        self.drop([EVERYTHING], at=0.0)

    def __len__(self) -> int:
        return len(self._store)

    @property
    def size(self) -> int:
        """The bytes that the pages take."""
        return self._store.bytes

    def keys_by_use(self) -> list[Key]:
        with self._turn:
            return self._store.keys_by_use()

    def learn(self, schedule: Iterable[tuple[int, float]], *, since: int) -> None:
        """Take over which names (hashes) change at which moments (Unix time) after `unknown_since`.

        It is not known to be all if it may have changed `since` that mark (`begin`), which is to be
        taken before the schedule is looked up.
        """
        found = [(at, name) for name, at in schedule]
        with self._turn:
            self._note(found)
            self.knows_schedule = all(self._changed.get(name, 0) <= since for name in UNSCHEDULED)

    def drop(self, names: Iterable[int], *, at: float) -> None:
        """Drop the pages that show these names (hashes), at that moment or now."""
        with self._turn:
            self._note((at, name) for name in names)

    def _note(self, changes: Iterable[tuple[float, int]]) -> None:
        """Drop what shows these names from their moments on."""
        for change in changes:
            heapq.heappush(self._due, change)
        now, names = time.time(), set()
        while self._due and self._due[0][0] <= now:
            names.add(heapq.heappop(self._due)[1])
        self._drop(names)
        self._next_due = self._due[0][0] if self._due else math.inf

    def _drop(self, names: set[int]) -> None:
        self._changes += 1
        if len(self._changed) > MOST_REMEMBERED:
            self._changed.clear()
            self._unknown_before = self._changes
        self._changed.update(dict.fromkeys(names, self._changes))
        if not names.isdisjoint(FORGETTING):
            self.generation += 1
        if not names.isdisjoint(UNSCHEDULED):
            now = time.time()
            self.unknown_since = now if self.knows_schedule else min(now, self.unknown_since)
            self.knows_schedule = False
        is_all = EVERYTHING in names
        gone = self._store.drop_all() if is_all else self._store.drop_showing(names)
        self.counts["emptied"] += len(gone)
        now = time.time()
        busy = [(key, page) for key, page in gone if page.times > OFTEN * (now - page.stored_at)]
        self.missed.extend(key for key, page in sorted(busy, key=lambda one: -one[1].times))


def _landed(flight: Future[Kept | None]) -> Kept | None:
    try:
        return flight.result(PATIENCE)
    except TimeoutError:
        return None
