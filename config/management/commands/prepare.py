"""`manage.py prepare`: prepares the installed site for the first or next start of its server."""

from __future__ import annotations

import errno
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError
from django.db.models.signals import pre_migrate

from config.env import site
from config.start.administrator import NAME, make_first_administrator
from config.start.demo_site import is_empty, load_demo_site
from config.start.locking import one_at_a_time
from config.start.portraits import make_smaller_portraits
from config.start.static_files import are_collected, collect_static_files
from config.start.translations import compile_translations

TOO_LITTLE = 2**20  # bytes


class Command(BaseCommand):
    help = (
        "Brings database, translations and static files up to date, and gives an empty database "
        "the demo site and its first administrator. Doing it again changes nothing."
    )
    # `migrate` runs the checks, and once is enough.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with sentences_for_errors(), one_at_a_time(self.tell):
            self.prepare()

    def prepare(self) -> None:
        if compile_translations():
            self.tell("Compiled the translations.")
        self.migrate()
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG and not are_collected():
            self.tell("Collecting the static files …")
            collect_static_files()
        if is_empty():
            self.tell("Loading the demo site …")
            load_demo_site()
        make_smaller_portraits()
        if password := make_first_administrator():
            self.tell_password(password)

    def migrate(self) -> None:
        """Migrate the database; tell the number of steps first, if there are any."""

        def tell(plan: list[Any], **kwargs: Any) -> None:
            if plan:
                self.tell(f"Bringing the database up to date in {len(plan)} steps …")

        # One sender: the signal comes once for each app.
        pre_migrate.connect(tell, sender=apps.get_app_config("accounts"))
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            pre_migrate.disconnect(tell, sender=apps.get_app_config("accounts"))

    def tell_password(self, password: str) -> None:
        if site.first_password():
            self.tell("Made the first administrator, admin, with the password of PARLEY_PASSWORD.")
        else:
            self.tell(f"\n  Sign in as  {NAME}\n  Password    {password}\n  It is shown this once.")
        self.tell(f"  Where it is lost: {command_for_new_password()}")

    def tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


@contextmanager
def sentences_for_errors() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, OSError) as error:
        if sentence := sentence_for(error):
            raise CommandError(sentence) from error
        raise


def sentence_for(error: DatabaseError | OSError) -> str:
    """Return what has happened; empty for a fault of ours, which needs its traceback."""
    if is_disk_full(error):
        return f"The disk of {settings.DATA_DIR} is full."
    if isinstance(error, OSError):
        return f"{error.filename or settings.DATA_DIR}: {error.strerror}."
    # A damaged file of SQLite has the class that all errors of databases have.
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return f"The database does not answer: {str(error).strip()}"
    return ""


def is_disk_full(error: DatabaseError | OSError) -> bool:
    """Return whether the disk is full. SQLite often reports that as an I/O error."""
    if getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error):
        return True
    is_vague = "disk I/O error" in str(error)
    return is_vague and shutil.disk_usage(settings.DATA_DIR).free < TOO_LITTLE


def command_for_new_password() -> str:
    """Return the command that gives the first administrator another password.

    On PostgreSQL the person must fill in the database's address: it may hold a password.
    """
    python = Path(sys.executable)
    if python.is_relative_to(settings.BASE_DIR):
        python = python.relative_to(settings.BASE_DIR)
    words = [shlex.quote(str(python)), f"manage.py changepassword {NAME}"]
    if settings.DATABASES["default"]["ENGINE"] != "config.sqlite":
        words.insert(0, "DATABASE_URL=…")
    if Path(settings.BASE_DIR, "var") != settings.DATA_DIR:
        words.insert(0, f"PARLEY_DATA={shlex.quote(str(settings.DATA_DIR))}")
    return " ".join(words)
