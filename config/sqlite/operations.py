"""What SQLite would take and no other database can keep is refused at the door."""

from __future__ import annotations

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangosOperations


class DatabaseOperations(DjangosOperations):
    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """The lowest and the highest number of a kind of field, as PostgreSQL has them.

        Django's validators ask for it. SQLite keeps larger ones, until the site moves.
        """
        return BaseDatabaseOperations.integer_field_range(self, internal_type)
