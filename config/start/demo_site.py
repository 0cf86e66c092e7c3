"""The demo site, for a database in which nobody has written yet."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts.models import User
from blog.models import Post


def load_demo_site() -> bool:
    """Fill a database that has neither posts nor people, and return whether it was one."""
    if Post.objects.exists() or User.objects.exists():
        return False
    fixtures = Path(settings.FIXTURE_DIRS[0])
    # Pictures first: if this stops halfway, the next start finds the database empty and does both.
    store_pictures(fixtures / "media")
    call_command("loaddata", *sorted(fixtures.glob("*.yaml")), verbosity=0)
    return True


def store_pictures(folder: Path) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not default_storage.exists(name):
            with path.open("rb") as file:
                default_storage.save(name, File(file))
