"""Joins style sheets that are written in parts and served as one.

A sheet names its parts at its top, one a line: `@import "site/base.css";`. In development the
browser follows these lines itself. For production the text of each part replaces its line, and
comments and indents are left out.
"""

from __future__ import annotations

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

PART = re.compile(r'^@import "([^":]+)";$', re.MULTILINE)
# A text, which stays as it is, or what stands between two words: a browser needs one space, or none.
TEXT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
BLANK = r"(?:\s|(?>/\*.*?\*/))"
BETWEEN = re.compile(rf"{TEXT}|{BLANK}*([{{}};]){BLANK}*|{BLANK}+", re.DOTALL)
ADDRESS = re.compile(r'\burl\("(?!/|#|\w+:)([^"]+)"\)')


class SheetsInOnePiece:
    """A storage for `collectstatic` in which each style sheet is whole."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, name: str) -> ContentFile[bytes]:
        return ContentFile(tightened(whole(self.storage, name)).encode())


def parts(storage: Storage, name: str) -> list[str]:
    """Return the names of the files that a style sheet imports, directly or indirectly."""
    named = [posixpath.normpath(_beside(name, part)) for part in PART.findall(_read(storage, name))]
    return [each for part in named for each in (part, *parts(storage, part))]


def whole(storage: Storage, name: str) -> str:
    def put_in_place(line: re.Match[str]) -> str:
        part = posixpath.normpath(_beside(name, line[1]))
        return _as_seen_from(name, part, whole(storage, part)).rstrip()

    return PART.sub(put_in_place, _read(storage, name))


def tightened(sheet: str) -> str:
    """Return a style sheet without comments and without spaces that mean nothing."""

    def tighten(found: re.Match[str]) -> str:
        stays = found[1] or found[2]
        return stays or (" " if re.search(r"\s", found[0]) else "")

    return f"{BETWEEN.sub(tighten, sheet).strip()}\n"


def _as_seen_from(name: str, part: str, text: str) -> str:
    """Return a part's text with its URLs made relative to the file that includes it."""

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
