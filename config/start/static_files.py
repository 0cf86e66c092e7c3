"""Static files, collected again only when there is something else to collect."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def collect_static_files() -> bool:
    """Bring STATIC_ROOT up to date, and return whether that took any work."""
    stamp, today = Path(settings.STATIC_ROOT) / ".collected", fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == today:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(today, encoding="ascii")
    return True


def fingerprint() -> str:
    """Our own files by content; those of packages by the lock, and by Django, of which two are supported."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in inputs():
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def inputs() -> Iterator[Path]:
    yield Path(settings.BASE_DIR, "requirements.txt")
    yield Path(settings.BASE_DIR, "config", "settings.py")
    for folder in settings.STATICFILES_DIRS:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())
