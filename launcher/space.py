"""Checks the free space of a disk before a step that would otherwise stop halfway."""

from __future__ import annotations

import shutil
from pathlib import Path

from launcher.speaking import fail

MEGABYTE = 1_000_000


def need_space(folder: Path, megabytes: int, what: str) -> None:
    """End if the disk of `folder`, or of its nearest existing parent, has less space left."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    left = shutil.disk_usage(there).free // MEGABYTE
    if left < megabytes:
        fail(f"The disk of {folder} is full: {what} need {megabytes} MB, and {left} MB are left.")
