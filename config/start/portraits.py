"""Portraits that were uploaded before smaller ones were made of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from PIL import UnidentifiedImageError

from accounts.portraits import files_of, named_portraits, store_smaller

logger = logging.getLogger(__name__)


def make_smaller_portraits() -> None:
    """Make the smaller files that are not there; portraits that cannot be read are logged."""
    for name in portraits_without():
        try:
            store_smaller(name)
        except (FileNotFoundError, UnidentifiedImageError) as error:
            logger.warning("Nothing smaller can be made of the portrait %s: %s", name, error)


def portraits_without() -> Iterator[str]:
    """Yield the names of portraits whose smaller files are not all there."""
    stored: dict[str, set[str]] = {}
    for name in named_portraits():
        folder = str(PurePosixPath(name).parent)
        if folder not in stored:
            stored[folder] = files_in(folder)
        if {PurePosixPath(file).name for file in files_of(name)[1:]} - stored[folder]:
            yield name


def files_in(folder: str) -> set[str]:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    return set(files)
