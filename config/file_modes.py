"""Modes of files that no other user of the machine may read: data folder, database, mails, key."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from pathlib import Path
from threading import Lock

FOLDER, FILE = 0o700, 0o600
# Others may enter a folder to reach what they know by name, and may not list it.
PASSAGE = 0o011
making = Lock()


def make_private_folder(path: Path, *, parents: bool = False, most: int = FOLDER) -> Path:
    """Make a folder for this user alone; on an existing folder, remove permissions beyond `most`."""
    path.mkdir(mode=FOLDER, parents=parents, exist_ok=True)
    keep_from_others(path, most)
    return path


def keep_from_others(path: Path, most: int = FILE) -> None:
    """Remove permissions beyond `most`, such as an older version left; skip files of other users."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & ~most:
            path.chmod(mode & most)


def make_private_file(path: Path) -> None:
    """Make an empty file, private from the first moment; an existing file only gets its mode.

    It does not open an existing file: closing it would end all locks that this process has on it
    (fcntl(2)), and SQLite's locks are of that kind. For the same reason a thread waits until
    another one has closed the file that it makes.
    """
    with making, contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE))
    keep_from_others(path)


def write_secret(path: Path) -> None:
    """Write a new secret whole or not at all, even on a full disk; of two writers the first one wins.

    On a file system without hard links the last one wins.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as aside:
        unfinished = Path(aside, path.name)
        make_private_file(unfinished)
        unfinished.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:
            pass
        except OSError:
            unfinished.replace(path)
