"""What no other user of the machine may read: the data folder, the database, mails, the key."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from pathlib import Path
from threading import Lock

FOLDER, FILE = 0o700, 0o600
# Others may pass through a folder to what they know by name, and not see what else is in it.
PASSAGE = 0o011
making = Lock()


def make_private_folder(path: Path, *, parents: bool = False, most: int = FOLDER) -> Path:
    """Make it for this user alone; take from one that was there what it allows beyond `most`."""
    path.mkdir(mode=FOLDER, parents=parents, exist_ok=True)
    keep_from_others(path, most)
    return path


def keep_from_others(path: Path, most: int = FILE) -> None:
    """Also what an older version left readable by all; what belongs to somebody else stays as it is."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & ~most:
            path.chmod(mode & most)


def make_private_file(path: Path) -> None:
    """Empty, unless it is there, and with its mode from the first moment.

    One that is there is not opened: to close it would end all locks that this process has on it (fcntl(2)),
    and SQLite's are such. For the same reason threads wait until one that makes it has closed it.
    """
    with making, contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE))
    keep_from_others(path)


def write_secret(path: Path) -> None:
    """Whole or not at all, on a full disk too; where two write at once the first one's holds.

    On a file system without hard links the last one's does.
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
