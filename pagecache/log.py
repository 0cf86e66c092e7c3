"""The log of changes: a small file mapped into the memory of every process of this machine.

A process that changes something appends the names of what it changed (`web.shown`). Every process
that keeps pages compares one number, the position of the log, before it gives a page away, and reads
the names since its last look if the number has grown. So nobody is given an old page once the writer's
own answer has left.

The file holds 64-bit words: a mark, the position, the process ids of writers, and a ring of records.
A record is the hash of a name and the moment (Unix time) from which it counts, 0.0 for now.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock, get_ident
from typing import NamedTuple

from web.mapped import alone, open_mapped

WORD = 8
WRITERS = range(16, 256)  # words that hold process ids
RING_AT, RECORDS = 256, 16_384  # a record takes two words
SIZE = (RING_AT + 2 * RECORDS) * WORD
MARK, POSITION, MACHINE = 0, 1, 2  # words
# Changes with the layout; the file's name should change with it.
LAYOUT = 0x5041524C_00000001
EVERYTHING = 0


class Record(NamedTuple):
    """A changed name by its hash, or EVERYTHING; `at` is when readers see it, 0.0 if at once."""

    name: int
    at: float


@lru_cache(maxsize=100_000)
def hash_of(name: str) -> int:
    """Return 64 bits of BLAKE2 (RFC 7693) of a name, never EVERYTHING."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") or 1


class ChangeLog:
    """The log in the file at `path`, made if it is not there.

    Raises OSError if the file cannot be made, or not in full because the disk has no room.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = Lock()
        self._writing: set[int] = set()
        self._open()

    def _open(self) -> None:
        self._file, memory = open_mapped(self.path, SIZE)
        words = memory.cast("Q")
        with alone(self._file):
            if words[MARK] != LAYOUT:
                words[POSITION], words[MACHINE] = 0, secrets.randbits(64)
                words[MARK] = LAYOUT
        self._words, self._times = words, words.cast("B").cast("d")

    @property
    def position(self) -> int:
        """How many records were ever appended."""
        return self._words[POSITION]

    @property
    def machine(self) -> int:
        """A random number that all processes with this log have in common."""
        return self._words[MACHINE]

    def append(self, names: Iterable[str], *, at: float = 0.0) -> None:
        """Tell all processes that these names have changed, or will at the moment `at`."""
        self.open_again_if_removed()
        hashes = [hash_of(name) for name in names]
        self._append(hashes if len(hashes) < RECORDS else [EVERYTHING], at)
        self._end_writing()

    def append_everything(self) -> None:
        self._append([EVERYTHING], 0.0)

    def since(self, position: int) -> tuple[int, list[Record]]:
        """Return today's position and the records since an earlier one."""
        with self._locked():
            now = self.position
            if now - position > RECORDS or now < position:
                return now, [Record(EVERYTHING, 0.0)]
            places = (self._place(number) for number in range(position, now))
            return now, [Record(self._words[at], self._times[at + 1]) for at in places]

    def begin_writing(self) -> None:
        """Note that this thread is about to change something and to append it after its commit.

        A process that is killed in between leaves this note, for `clear_dead_writers`.
        """
        with self._turn:
            self._writing.add(get_ident())
            self._note_process(os.getpid(), replaced=0)

    def _end_writing(self) -> None:
        with self._turn:
            self._writing.discard(get_ident())
            if not self._writing:
                self._note_process(0, replaced=os.getpid())

    def clear_dead_writers(self) -> bool:
        """Tell everything if a process died between a commit and its announcement; return whether."""
        dead = [place for place in WRITERS if (pid := self._words[place]) and not _is_alive(pid)]
        for place in dead:
            self._words[place] = 0
        if dead:
            self.append_everything()
        return bool(dead)

    def open_again_if_removed(self) -> bool:
        """Open a new file if somebody has removed this one; return whether.

        Whoever reads the log finds that everything may have changed.
        """
        try:
            is_there = os.path.samestat(self.path.stat(), os.fstat(self._file))
        except FileNotFoundError:
            is_there = False
        if not is_there:
            with self._turn:
                os.close(self._file)
                self._open()
            self.append_everything()
        return not is_there

    def _append(self, hashes: list[int], at: float) -> None:
        with self._locked():
            position = self.position
            for number, name in enumerate(hashes, position):
                place = self._place(number)
                self._words[place] = name
                self._times[place + 1] = at
            # Last: a reader that sees the new position finds the records.
            self._words[POSITION] = position + len(hashes)

    def _note_process(self, pid: int, *, replaced: int) -> None:
        """Write a process id where another stands; do nothing if it is noted or the room is full."""
        own = os.getpid()
        is_noted = any(self._words[place] == own for place in WRITERS)
        if is_noted == bool(pid):
            return
        with suppress(StopIteration), alone(self._file):
            place = next(one for one in WRITERS if self._words[one] == replaced)
            self._words[place] = pid

    @staticmethod
    def _place(number: int) -> int:
        return RING_AT + 2 * (number % RECORDS)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._turn, alone(self._file):
            yield


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
