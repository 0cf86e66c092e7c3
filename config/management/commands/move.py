"""`manage.py move`: the whole database to PostgreSQL, or back to SQLite."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.moving.moving import move
from config.moving.tables import CannotMove

FIRST_STOP = "Stop the site first: what is written during the move would stay behind."

FORMS = "postgresql://user:password@host/name, or sqlite"


class Command(BaseCommand):
    help = (
        "Copies the site's database to an empty one of PostgreSQL, or from PostgreSQL to SQLite, and "
        f"compares the two. The one it is in is not changed, and neither are files. {FIRST_STOP}"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", nargs="*", help=FORMS)

    def handle(self, *args: Any, target: list[str], **options: Any) -> None:
        if len(target) != 1:
            raise CommandError(f"Say where to move to, with one word: {FORMS}.")
        self.move(target[0])

    def move(self, target: str) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        url = "" if target == "sqlite" else target
        try:
            move(url, self.stdout.write)
        except CannotMove as error:
            raise CommandError(f"{error} Nothing has changed.") from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Nothing has changed.") from None
        self.stdout.write(
            "Everything arrived: the number of rows and the checksum of each table agree."
        )
        self.stdout.write(next_step(url))


def next_step(url: str) -> str:
    if url:
        return (
            "Now set DATABASE_URL to that address and start the site. parley.sqlite3 is as it was."
        )
    return "Now remove DATABASE_URL and start the site. What is in PostgreSQL is as it was."
