"""Compiles catalogues without GNU gettext."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_translations() -> list[Path]:
    """Compile each catalogue newer than its result, without fuzzy messages; return those compiled."""
    changed = [path for path in catalogues() if is_newer(path, path.with_suffix(".mo"))]
    for path in changed:
        compile_catalogue(path)
    return changed


def catalogues() -> list[Path]:
    """Return every source catalogue of the project, in a fixed order."""
    return sorted(
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    )


def is_newer(source: Path, result: Path) -> bool:
    return not result.exists() or result.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogue(path: Path) -> None:
    """Compile a catalogue and replace the result at once, so that no server reads half of it."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name)
    unfinished = path.with_suffix(f".mo.{os.getpid()}")
    with unfinished.open("wb") as result:
        write_mo(result, catalogue)
    unfinished.replace(path.with_suffix(".mo"))
