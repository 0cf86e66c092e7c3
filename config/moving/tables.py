"""Copies the rows of every table, and compares the contents of two tables."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, transaction
from django.db.models import CharField, Field, IntegerField, Model

ROWS_AT_ONCE = 200
MODULUS = 2**256
Row = tuple[Any, ...]


class CannotMove(Exception):
    """The move failed; the message is for the person who asked for it."""


@dataclass
class Contents:
    """The number of a table's rows and the sum of their hashes, which is the same in any order."""

    rows: int = 0
    checksum: int = 0

    def add(self, row: Row) -> None:
        digest = sha256("\x1f".join(map(canonical, row)).encode()).digest()
        self.rows += 1
        self.checksum = (self.checksum + int.from_bytes(digest, "big")) % MODULUS


def canonical(value: Any) -> str:
    """Return the same text for the values that both databases give for one value."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, datetime):
        return value.isoformat()
    return repr(value)


def models() -> list[type[Model]]:
    """Return the models of every table to copy: not the table of migrations, and not the cache."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def fields_of(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows_of(model: type[Model], *, using: str) -> Generator[Row, None, None]:
    """Yield all rows, a few in memory at a time."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    yield from rows.iterator(ROWS_AT_ONCE)


def contents_of(model: type[Model], *, using: str) -> Contents:
    contents = Contents()
    for row in rows_of(model, using=using):
        contents.add(row)
    return contents


def clear(model: type[Model], *, using: str) -> None:
    """Delete the rows that migrations added."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quoted(model, using)}")  # noqa: S608 - a table of ours


def copy(model: type[Model], *, source: str, target: str) -> Contents:
    """Write each row as it is, past models and signals; return the contents that were read."""
    contents = Contents()
    with closing(rows_of(model, using=source)) as rows:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            for row in some:
                contents.add(row)
                refuse_what_does_not_fit(model, row, using=target)
            _insert(model, some, using=target)
    return contents


def refuse_what_does_not_fit(model: type[Model], row: Row, *, using: str) -> None:
    """Refuse a row that the target would cut: SQLite keeps numbers and texts of any size.

    Raises CannotMove.
    """
    for (field, low, high), value in zip(_sizes(model, using), row, strict=True):
        if low is None or value is None:
            continue
        size = value if isinstance(field, IntegerField) else len(value)
        if not low <= size <= high:
            what = "number" if isinstance(field, IntegerField) else "length"
            raise CannotMove(
                f"{model._meta.db_table}, row {_key_of(model, row)}: {field.column} is {value!r:.60}, and "
                f"its {what} is not from {low} to {high}. Change it on the site, then move again."
            )


@cache
def _sizes(model: type[Model], using: str) -> list[tuple[Field, Any, Any]]:
    """Return each field with the least and the most that its column keeps; None without limits."""
    return [(field, *_limits(field, using)) for field in fields_of(model)]


def _limits(field: Field, using: str) -> tuple[Any, Any]:
    if isinstance(field, IntegerField):
        return connections[using].ops.integer_field_range(field.get_internal_type())
    if isinstance(field, CharField) and field.max_length:
        return 0, field.max_length
    return None, None


def _key_of(model: type[Model], row: Row) -> Any:
    return dict(zip(fields_of(model), row, strict=True))[model._meta.pk]


def _insert(model: type[Model], rows: list[Row], *, using: str) -> None:
    try:
        with transaction.atomic(using=using):
            _execute(model, rows, using=using)
    except (DatabaseError, ValueError) as error:
        if len(rows) == 1:
            told = f"{model._meta.db_table}, row {_key_of(model, rows[0])}: {str(error).strip()}"
            raise CannotMove(told) from error
        for row in rows:
            _insert(model, [row], using=using)


def _execute(model: type[Model], rows: list[Row], *, using: str) -> None:
    connection, fields = connections[using], fields_of(model)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {_quoted(model, using)} ({columns}) VALUES ({places})"  # noqa: S608
    prepared = [
        [
            field.get_db_prep_save(value, connection=connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, prepared)


def _quoted(model: type[Model], using: str) -> str:
    return connections[using].ops.quote_name(model._meta.db_table)
