"""Copying the rows of every table, and what tells that two tables hold the same."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, transaction
from django.db.models import Field, Model

ROWS_AT_ONCE = 200
MODULUS = 2**256
Row = tuple[Any, ...]


class CannotMove(Exception):
    """The message is the sentence for whoever asked."""


@dataclass
class Contents:
    """How many rows a table has, and the sum of their hashes, which is the same in any order."""

    rows: int = 0
    checksum: int = 0

    def add(self, row: Row) -> None:
        digest = sha256("\x1f".join(map(canonical, row)).encode()).digest()
        self.rows += 1
        self.checksum = (self.checksum + int.from_bytes(digest, "big")) % MODULUS


def canonical(value: Any) -> str:
    """The same text for what both databases give of one value."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, datetime):
        return value.isoformat()
    return repr(value)


def models() -> list[type[Model]]:
    """Of every table that is the site's: what migrations keep is made by them, and a cache is no content."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def fields_of(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows_of(model: type[Model], *, using: str) -> Generator[Row, None, None]:
    """All of them, a few in memory at a time."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    yield from rows.iterator(ROWS_AT_ONCE)


def contents_of(model: type[Model], *, using: str) -> Contents:
    contents = Contents()
    for row in rows_of(model, using=using):
        contents.add(row)
    return contents


def clear(model: type[Model], *, using: str) -> None:
    """Of what migrations put in."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quoted(model, using)}")  # noqa: S608 - a table of ours


def copy(model: type[Model], *, source: str, target: str) -> Contents:
    """Write each row as it is, past models and signals; return what was read."""
    contents = Contents()
    with closing(rows_of(model, using=source)) as rows:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            for row in some:
                contents.add(row)
            _insert(model, some, using=target)
    return contents


def _insert(model: type[Model], rows: list[Row], *, using: str) -> None:
    try:
        with transaction.atomic(using=using):
            _execute(model, rows, using=using)
    except (DatabaseError, ValueError) as error:
        if len(rows) == 1:
            key = dict(zip(fields_of(model), rows[0], strict=True))[model._meta.pk]
            told = f"{model._meta.db_table}, row {key}: {str(error).strip()}"
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
