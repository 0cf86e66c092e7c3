"""Style sheets that are written in parts and served as one.

A sheet names its parts at its top, a line each: `@import "site/base.css";`. As the files stand a
browser follows these lines by itself, and so it is in development. For production the text of each
part takes the place of its line.
"""

from __future__ import annotations

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

PART = re.compile(r'^@import "([^":]+)";$', re.MULTILINE)
ADDRESS = re.compile(r'\burl\("(?!/|#|\w+:)([^"]+)"\)')


class SheetsInOnePiece:
    """What `collectstatic` reads style sheets from: a storage in which each of them is whole."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, name: str) -> ContentFile[bytes]:
        return ContentFile(whole(self.storage, name).encode())


def parts(storage: Storage, name: str) -> list[str]:
    """The names of the files that a style sheet asks for, theirs included."""
    named = [posixpath.normpath(_beside(name, part)) for part in PART.findall(_read(storage, name))]
    return [each for part in named for each in (part, *parts(storage, part))]


def whole(storage: Storage, name: str) -> str:
    def put_in_place(line: re.Match[str]) -> str:
        part = posixpath.normpath(_beside(name, line[1]))
        return _as_seen_from(name, part, whole(storage, part)).rstrip()

    return PART.sub(put_in_place, _read(storage, name))


def _as_seen_from(name: str, part: str, text: str) -> str:
    """The text of a part, with addresses that hold in the file that takes it in."""

    def move(address: re.Match[str]) -> str:
        target = _beside(part, address[1])
        return f'url("{posixpath.relpath(target, posixpath.dirname(name) or ".")}")'

    return ADDRESS.sub(move, text)


def _beside(name: str, other: str) -> str:
    return posixpath.join(posixpath.dirname(name), other)


def _read(storage: Storage, name: str) -> str:
    with storage.open(name) as file:
        content: bytes = file.read()
    return content.decode()
