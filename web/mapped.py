"""Small files that the processes of one machine have in memory together."""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_mapped(path: Path, size: int) -> tuple[int, memoryview]:
    """Return the descriptor of a file of so many bytes, made if it is not there, and its memory.

    Raises OSError if it cannot be made, or not in full because the disk has no room.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # In full, since a write to a page of memory that finds no disk kills the process.
        os.posix_fallocate(file, 0, size)
        return file, memoryview(mmap.mmap(file, size))
    except OSError:
        os.close(file)
        raise


@contextmanager
def alone(file: int) -> Iterator[None]:
    """Keep other processes out that ask for the same, by a lock on the file's first byte.

    By process (fcntl), not by open file: forked processes would share that lock.
    """
    fcntl.lockf(file, fcntl.LOCK_EX, 1, 0)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, 0)
