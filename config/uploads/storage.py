"""Where uploaded files are kept: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

# Files on their way have it at the end, and a dot in front.
UNFINISHED = ".part"


class WholeFiles(FileSystemStorage):
    """Writes a file aside and then gives it its name, so that no reader and no crash finds half of one."""

    def _save(self, name: str, content: Any) -> str:
        place = PurePosixPath(name)
        aside = str(place.with_name(f".{get_random_string(12)}{UNFINISHED}"))
        try:
            super()._save(aside, content)  # type: ignore[misc]  # not in the stubs
            self._sync(self.path(aside))
            return self._put_in_place(aside, name)
        finally:
            self.delete(aside)

    def _put_in_place(self, aside: str, name: str) -> str:
        """Give it its name, or another where somebody was first."""
        while True:
            try:
                give_name(Path(self.path(aside)), Path(self.path(name)))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                self._sync(str(Path(self.path(name)).parent))
                return name

    @staticmethod
    def _sync(path: str) -> None:
        """Have it on the disk, which is where a full one may say so first."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def give_name(aside: Path, path: Path) -> None:
    """Raises FileExistsError. Where there are no hard links an empty file keeps the name meanwhile."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        path.touch(0o600, exist_ok=False)
        aside.replace(path)
