"""Finds uploaded files that no row names, and rows whose file is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.portraits import files_of, named_portraits
from images.models import Image

# A file is written before the row that names it.
GRACE = timedelta(days=1)
# The folders of uploads. Files elsewhere were put there by hand.
FOLDERS = ("images/", "portraits/")
# More than this are no failed uploads: the database belongs to another site or is an older copy.
FEW, SHARE = 20, 10


class Found(NamedTuple):
    """Names of files: `orphans` that no row names, `missing` that rows name and that do not exist."""

    orphans: list[str]
    missing: list[str]
    stored: int

    @property
    def is_plausible(self) -> bool:
        return len(self.orphans) <= max(FEW, self.stored // SHARE)


def look_through_media(*, grace: timedelta = GRACE) -> Found:
    """Compare files and rows. A file written within `grace` is no orphan yet."""
    # Files first: one written meanwhile is not among them, and its row does no harm.
    stored = {name for folder in FOLDERS for name in stored_files(folder)}
    named = set(named_files())
    before = timezone.now() - grace
    return Found(
        sorted(name for name in stored - named if written_before(name, before)),
        sorted(name for name in named - stored if not default_storage.exists(name)),
        len(stored),
    )


def delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def stored_files(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nobody has uploaded anything
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from stored_files(f"{folder}{name}/")


def named_files() -> Iterator[str]:
    for image in Image.objects.only("file", "renditions").iterator():
        yield from image.file_names
    for name in named_portraits():
        yield from files_of(name)


def written_before(name: str, moment: datetime) -> bool:
    try:
        return bool(default_storage.get_modified_time(name) < moment)
    except FileNotFoundError:  # deleted meanwhile
        return False
