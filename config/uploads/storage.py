"""The storage of uploaded files: a file is whole or absent."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

# The end of the name of an unfinished file, which begins with a dot.
UNFINISHED = ".part"


class WholeFiles(FileSystemStorage):
    """Writes a file under another name and then renames it, so that nobody ever finds half of it."""

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
        """Give the file its name, or another if the name is taken; return the name."""
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
        """Flush the file to the disk, which may report only then that it is full."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def give_name(aside: Path, path: Path) -> None:
    """Rename a file. Raises FileExistsError. Without hard links an empty file reserves the name."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        path.touch(0o600, exist_ok=False)
        aside.replace(path)
