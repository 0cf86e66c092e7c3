"""What differs between SQLite and PostgreSQL in a move."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.models import AutoField, Model

from config.env import services

# A move takes longer than any request may.
NO_LIMITS = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def connect(alias: str, url: str, folder: Path) -> None:
    """Add a database by an alias: at a DATABASE_URL, or for "" in SQLite in a folder."""
    before = os.environ.get("DATABASE_URL", "")
    os.environ["DATABASE_URL"] = url
    try:
        settings: Any = services.database(folder)
    finally:
        os.environ["DATABASE_URL"] = before
    connections.settings[alias] = connections.configure_settings({"default": settings})["default"]


def ask(alias: str, sql: str, *values: Any) -> list[Any]:
    """Return the first column of the answer."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values or None)
        return [row[0] for row in cursor.fetchall()]


def run(alias: str, sql: str, *values: Any) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values or None)


def is_postgresql(alias: str) -> bool:
    return connections[alias].vendor == "postgresql"


def tables(alias: str) -> list[str]:
    return connections[alias].introspection.table_names()


def hold_still(alias: str, models: list[type[Model]]) -> None:
    """Keep others from writing until the transaction ends, and read one state of the data.

    SQLite's transactions do both from their start (`BEGIN IMMEDIATE`).
    """
    if is_postgresql(alias):
        quote = connections[alias].ops.quote_name
        names = ", ".join(quote(model._meta.db_table) for model in models)
        run(alias, f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; {NO_LIMITS}")
        run(alias, f"LOCK TABLE {names} IN SHARE MODE")


def lift_limits(alias: str) -> None:
    if is_postgresql(alias):
        run(alias, NO_LIMITS)


def last_number(model: type[Model], *, using: str) -> int:
    """Return the highest key that this table has ever given to a row; 0 if it gives none.

    Deleted rows count: a key given twice would give the new row what belonged to the old one.
    """
    key = model._meta.pk
    if not isinstance(key, AutoField):
        return 0
    table = model._meta.db_table
    if not is_postgresql(using):
        return next(iter(ask(using, "SELECT seq FROM sqlite_sequence WHERE name = %s", table)), 0)
    sequence = _sequence(model, using)
    sql = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608
    return int(ask(using, sql)[0])


def go_on_from(model: type[Model], number: int, *, using: str) -> None:
    """Make the table give the next row the key after this one."""
    if not number:
        return
    if is_postgresql(using):
        run(using, "SELECT setval(%s::regclass, %s)", _sequence(model, using), number)
        return
    table = model._meta.db_table
    run(using, "DELETE FROM sqlite_sequence WHERE name = %s", table)
    run(using, "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", table, number)


def _sequence(model: type[Model], using: str) -> str:
    quoted = connections[using].ops.quote_name(model._meta.db_table)
    key = model._meta.pk
    return str(ask(using, "SELECT pg_get_serial_sequence(%s, %s)", quoted, key.column)[0])


def functions(alias: str) -> set[str]:
    return set(ask(alias, FUNCTIONS)) if is_postgresql(alias) else set()


def drop_all(alias: str, *, except_functions: set[str]) -> None:
    """Empty a PostgreSQL database that had no table before."""
    quote = connections[alias].ops.quote_name
    for table in tables(alias):
        run(alias, f"DROP TABLE {quote(table)} CASCADE")
    for function in functions(alias) - except_functions:
        run(alias, f"DROP FUNCTION {function} CASCADE")
