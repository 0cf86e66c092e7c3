"""The log of changes: a small file mapped into the memory of every process of this machine.

A process that changes something appends the names of what it changed (`web.shown`). Every process
that keeps pages compares one number, the position of the log, before it gives a page away, and reads
the names since its last look if the number has grown. So nobody is given an old page once the writer's
own answer has left.

The file holds 64-bit words: a mark, the position, a number of the machine, whether other machines were
not told of something, when what they keep in memory last changed, the process ids of writers, and a
ring of records.
A record is the hash of a name and the moment (Unix time) from which it counts, 0.0 for now.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock, get_ident
from typing import NamedTuple

from web.mapped import alone, open_mapped
from web.shown import IN_MEMORY, SITE

WORD = 8
WRITERS = range(16, 256)  # words that hold process ids
RING_AT, RECORDS = 256, 16_384  # a record takes two words
SIZE = (RING_AT + 2 * RECORDS) * WORD
MARK, POSITION, MACHINE, UNTOLD, MEMORY = range(5)  # words
# Changes with the layout; the file's name should change with it.
LAYOUT = 0x5041524C_00000001
EVERYTHING = 0
# Positions begin anew there. No site gets so far, but a damaged file may say any number.
LAST_POSITION = 2**62


class Record(NamedTuple):
    """A changed name by its hash, or EVERYTHING; `at` is when readers see it, 0.0 if at once."""

    name: int
    at: float


@lru_cache(maxsize=100_000)
def hash_of(name: str) -> int:
    """Return 64 bits of BLAKE2 (RFC 7693) of a name, never EVERYTHING."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") or 1


# After these, values are read again that processes keep in memory (`web.in_memory`).
FORGETTING = frozenset({EVERYTHING, hash_of(SITE), hash_of(IN_MEMORY)})


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
        file, memory = open_mapped(self.path, SIZE)
        words = memory.cast("Q")
        with alone(file):
            if words[MARK] != LAYOUT:
                words[POSITION], words[MACHINE] = 0, secrets.randbits(64)
                words[MARK] = LAYOUT
        self._file, self._words, self._times = file, words, words.cast("B").cast("d")
        self._machine = _number_here(words[MACHINE], file)

    @property
    def position(self) -> int:
        """How many records were ever appended."""
        return self._words[POSITION]

    @property
    def machine(self) -> int:
        """A number that all processes with this log have in common.

        A copy of the file has another one, also on another machine: a data folder is copied whole.
        """
        return self._machine

    @property
    def memory_version(self) -> int:
        """A number that is another one after each change of what processes keep in memory."""
        return self._words[MEMORY]

    def append(self, names: Iterable[str], *, at: float = 0.0) -> None:
        """Tell all processes that these names have changed, or will at the moment `at`."""
        with suppress(OSError):  # the keeper says so; the change itself is stored
            self.open_again_if_removed()
        hashes = [hash_of(name) for name in names]
        with self._locked():
            self._write(hashes if len(hashes) < RECORDS else [EVERYTHING], at)
        self.end_writing()

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
            if not self._writing:
                self._swap_writer(0, os.getpid())
            self._writing.add(get_ident())

    def end_writing(self) -> None:
        """Note that this thread has appended all, or that its transaction was rolled back."""
        with self._turn:
            if get_ident() in self._writing:
                self._writing.discard(get_ident())
                if not self._writing:
                    self._swap_writer(os.getpid(), 0)

    def clear_dead_writers(self) -> bool:
        """Tell everything if a process died between a commit and its announcement; return whether."""
        with self._locked():
            dead = [at for at in WRITERS if (pid := self._words[at]) and not _is_alive(pid)]
            for place in dead:
                self._words[place] = 0
            if dead:
                self._write([EVERYTHING], 0.0)
        return bool(dead)

    def forget_memory(self) -> None:
        """Have every process of this machine read again what it keeps in memory."""
        with self._locked():
            self._renew_memory(self.memory_version)

    def note_untold(self) -> None:
        """Note that the other machines could not be told of a change, for `take_untold`."""
        self._words[UNTOLD] = 1

    def take_untold(self) -> bool:
        """Return whether a process of this machine noted so since the last call in any of them."""
        with self._locked():
            is_noted, self._words[UNTOLD] = bool(self._words[UNTOLD]), 0
        return is_noted

    def open_again_if_removed(self) -> bool:
        """Open a new file if somebody has removed this one; return whether. Raises OSError.

        Whoever reads the log finds that everything may have changed.
        """
        with self._turn:
            if self._is_there():
                return False
            removed, seen, memory = self._file, self.position, self.memory_version
            self._open()
            os.close(removed)
            with alone(self._file):
                # Further than what anybody has read, so that none takes it for the position that
                # the removed file had.
                self._go_to(max(seen, self.position) + RECORDS + 1)
                self._renew_memory(memory)
        return True

    def _is_there(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._file))
        except FileNotFoundError:
            return False

    def _write(self, hashes: list[int], at: float) -> None:
        """Append records, locked."""
        position = self.position
        for number, name in enumerate(hashes, position):
            place = self._place(number)
            self._words[place] = name
            self._times[place + 1] = at
        if not FORGETTING.isdisjoint(hashes):
            self._renew_memory(self.memory_version)
        # Last: a reader that sees the new position finds the records.
        self._go_to(position + len(hashes))

    def _renew_memory(self, seen: int) -> None:
        """Give `memory_version` another number than any process has seen."""
        self._words[MEMORY] = (max(seen, self.memory_version) + 1) % LAST_POSITION

    def _go_to(self, position: int) -> None:
        """Say how far the log is. Whoever has read further finds that everything may have changed."""
        self._words[POSITION] = position % LAST_POSITION

    def _swap_writer(self, old: int, new: int) -> None:
        """Write a process id in place of another one, or of none (0), unless the room is full."""
        with suppress(StopIteration), alone(self._file):
            place = next(one for one in WRITERS if self._words[one] == old)
            self._words[place] = new

    @staticmethod
    def _place(number: int) -> int:
        return RING_AT + 2 * (number % RECORDS)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._turn, alone(self._file):
            yield


def _number_here(number: int, file: int) -> int:
    """Return 64 bits of a number, of the open file that holds it, and of this machine's start."""
    held = os.fstat(file)
    return hash_of(f"{number} {held.st_dev} {held.st_ino} {_start_of_machine()}")


@cache
def _start_of_machine() -> str:
    """Return what Linux gave this start of the machine as its name; "" elsewhere."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    return ""


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # a number that no process has
        return False
    except PermissionError:
        return True
    return True
