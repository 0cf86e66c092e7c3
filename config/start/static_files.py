"""Collects static files, again only when something changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePath

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config import scripts, static, stylesheets

SELECT2_LANGUAGES = "admin/js/vendor/select2/i18n"


def are_collected() -> bool:
    stamp = stamp_file()
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint()


def collect_static_files() -> None:
    """Bring STATIC_ROOT up to date.

    A file that an interrupted run left half written looks as new as its source and would be kept,
    so after such a run everything is collected again.
    """
    stamp = stamp_file()
    was_interrupted = not stamp.exists()
    stamp.unlink(missing_ok=True)
    call_command(
        "collectstatic",
        interactive=False,
        verbosity=0,
        clear=was_interrupted,
        ignore_patterns=list(unasked()),
    )
    stamp.write_text(fingerprint(), encoding="ascii")


def stamp_file() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def unasked() -> Iterator[str]:
    """Yield what no page uses: twins of minified files, languages not ours, parts of other files."""
    found = {path: storage for finder in get_finders() for path, storage in finder.list([])}
    paths = set(found)
    for path, storage in found.items():
        if path.endswith(".css"):
            yield from stylesheets.parts(storage, path)
        elif scripts.is_ours(path):
            yield from scripts.parts(storage, path)
    ours = {f"{SELECT2_LANGUAGES}/{code}.js" for code, _name in settings.LANGUAGES}
    for path in sorted(paths - ours):
        name = PurePath(path)
        is_twin = str(name.with_suffix(f".min{name.suffix}")) in paths
        if is_twin or path.startswith(SELECT2_LANGUAGES):
            yield path


def fingerprint() -> str:
    """Return a hash of our files, of the lock (for packages), and of the version of Django.

    Among our files are those that say how the others are collected.
    """
    digest = hashlib.sha256(django.__version__.encode())
    for path in inputs():
        name = os.path.relpath(path, settings.BASE_DIR)
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def inputs() -> Iterator[Path]:
    yield Path(settings.BASE_DIR, "requirements.txt")
    yield Path(settings.BASE_DIR, "config", "settings.py")
    for module in (scripts, static, stylesheets):
        yield Path(str(module.__file__))
    for folder in settings.STATICFILES_DIRS:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())
