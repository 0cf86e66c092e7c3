"""`manage.py prepare`: everything between installed packages and a running server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from config import env
from config.start.administrator import make_first_administrator
from config.start.demo_site import load_demo_site
from config.start.static_files import collect_static_files
from config.start.translations import compile_translations


class Command(BaseCommand):
    help = (
        "Brings database, translations and static files up to date, and gives an empty database "
        "the demo site and its first administrator. Doing it again changes nothing."
    )
    # The checks run within `migrate`, and once is enough.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.prepare()
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip()}") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error

    def prepare(self) -> None:
        if compile_translations():
            self.tell("Compiled the translations.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG and collect_static_files():
            self.tell("Collected the static files.")
        if load_demo_site():
            self.tell("Loaded the demo site.")
        if password := make_first_administrator():
            self.tell_password(password)

    def tell_password(self, password: str) -> None:
        if env.first_password():
            self.tell("Made the first administrator, admin, with the password of PARLEY_PASSWORD.")
        else:
            self.tell(f"\n  Sign in as  admin\n  Password    {password}\n  It is shown this once.")

    def tell(self, text: str) -> None:
        self.stdout.write(text)
