"""`manage.py sweep_media`: deletes uploaded files that no row names, and lists missing files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.uploads.sweep import delete_files, look_through_media


class Command(BaseCommand):
    help = (
        "Deletes uploaded files that no image and no person names, as the worker does once a day, "
        "and lists those that are named and not there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")
        parser.add_argument(
            "--hours", type=int, default=24, help="leave alone what is younger (default: 24)"
        )

    def handle(self, *args: Any, dry_run: bool, hours: int, **options: Any) -> None:
        if not 1 <= hours <= 24 * 365:
            raise CommandError("--hours must be from 1 to 8760: an upload may be under way.")
        orphans, missing, _ = look_through_media(grace=timedelta(hours=hours))
        if not dry_run:
            delete_files(orphans)
        for name in orphans:
            self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {name}")
        for name in missing:
            self.stdout.write(f"missing {name}")
        if not orphans and not missing:
            self.stdout.write("Every file is named, and every named file is there.")
