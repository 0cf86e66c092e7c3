"""Refuses numbers that SQLite would keep and no other database can."""

from __future__ import annotations

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangosOperations


class DatabaseOperations(DjangosOperations):
    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """Return the lowest and highest number of a field as PostgreSQL has them; validators use them.

        SQLite keeps larger ones, which would fail when the site moves.
        """
        return BaseDatabaseOperations.integer_field_range(self, internal_type)
