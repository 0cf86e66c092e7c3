"""The demo site, for an empty database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts.models import User
from blog.models import Post


def is_empty() -> bool:
    """Return whether the database has neither posts nor people."""
    return not (Post.objects.exists() or User.objects.exists())


def load_demo_site() -> None:
    """Load the demo site's pictures and fixtures."""
    fixtures = Path(settings.FIXTURE_DIRS[0])
    # Pictures first: if this stops halfway, the next start finds the database empty and does both.
    store_pictures(fixtures / "media")
    call_command("loaddata", *sorted(fixtures.glob("*.yaml")), verbosity=0)


def store_pictures(folder: Path) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not is_there(name, path.stat().st_size):
            default_storage.delete(name)
            with path.open("rb") as file:
                default_storage.save(name, File(file))


def is_there(name: str, size: int) -> bool:
    """Return whether the file is there and whole: a full disk can stop a start within a picture."""
    return default_storage.exists(name) and default_storage.size(name) == size
