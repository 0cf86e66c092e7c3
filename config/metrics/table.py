"""Numbers that several processes count, in a small file mapped into the memory of each.

A process writes to a row of its own, so none waits for another. The row of a process that has ended goes
on with the next one: a sum never falls. prometheus_client's own files of numbers, one for each process
that ever was, kill a process that writes where the disk is full (SIGBUS); this file has all its room from
the start, and stays as large as it is.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from web.mapped import alone, open_mapped

WORD = 8
ROWS = 128
logger = logging.getLogger(__name__)


class Table:
    """Rows of numbers with these columns. `levels` are those that end with their process.

    Where the file cannot be made, which is logged, the process counts by itself.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, levels: Sequence[str] = ()) -> None:
        self.columns = {name: place for place, name in enumerate(columns)}
        self.levels = levels
        self._turn = Lock()
        self._process = 0
        self._file: int | None = None
        self._row_number, self._row = 0, self._row_of_nobody()
        self._words = self._row
        try:
            self._open(path)
        except OSError as error:
            logger.error(
                "%s cannot be used, so /metrics tells of one process: %s",
                path,
                error.strerror or error,
            )

    def _open(self, path: Path) -> None:
        """Map the file, emptied if it has other columns. Raises OSError."""
        size = WORD + ROWS * len(self.columns) * WORD
        self._file, memory = open_mapped(path, size)
        mark = blake2b(",".join(self.columns).encode(), digest_size=WORD).digest()
        with self._alone():
            if memory[:WORD] != mark:
                memory[WORD:] = bytes(size - WORD)
                memory[:WORD] = mark
        self._words = memory[WORD:].cast("d")

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add to columns of this process."""
        with self._turn:
            row = self._own_row()
            for name, amount in amounts.items():
                row[self.columns[name]] += amount

    def set(self, values: Mapping[str, float]) -> None:
        """Set columns of this process."""
        with self._turn:
            row = self._own_row()
            for name, value in values.items():
                row[self.columns[name]] = value

    def sums(self) -> dict[str, float]:
        """Return each column's sum over all processes; of `levels`, over those that live."""
        with self._turn:
            self._own_row()
            with self._alone():
                rows = [(number, row) for number, row in enumerate(self._rows()) if any(row)]
                alive = [row for number, row in rows if self._is_alive(number)]
        every = [row for _, row in rows]
        return {
            name: sum(row[place] for row in (alive if name in self.levels else every))
            for name, place in self.columns.items()
        }

    def _rows(self) -> Iterator[memoryview[float]]:
        width = len(self.columns)
        for at in range(0, len(self._words), width):
            yield self._words[at : at + width]

    def _row_of_nobody(self) -> memoryview[float]:
        return memoryview(bytearray(len(self.columns) * WORD)).cast("d")

    def _own_row(self) -> memoryview[float]:
        if self._process != os.getpid():
            self._process = os.getpid()
            if self._file is not None:
                self._take_row()
        return self._row

    def _take_row(self) -> None:
        """Take the first row that no living process has; if there is none, count for nobody."""
        self._row_number, self._row = -1, self._row_of_nobody()
        with self._alone():
            for number, row in enumerate(self._rows()):
                if self._lock(number):
                    self._row_number, self._row = number, row
                    break
        for name in self.levels:
            self._row[self.columns[name]] = 0

    def _is_alive(self, number: int) -> bool:
        """Return whether the row's process lives: it holds the lock on the row's byte of the file."""
        if number == self._row_number or self._file is None:
            return True
        if self._lock(number):
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, 1 + number)
            return False
        return True

    def _lock(self, number: int) -> bool:
        """Take the lock of a row, which ends with this process; return whether nobody else had it."""
        if self._file is None:
            return False
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 1 + number)
        except OSError:
            return False
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process take a row or ask who lives. The first byte's lock is for that."""
        if self._file is None:
            yield
            return
        with alone(self._file):
            yield
