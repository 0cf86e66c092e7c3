"""Lookups that find the same texts on SQLite as on PostgreSQL.

SQLite's LIKE ignores capitals of ASCII even in exact lookups ("contains", "startswith",
"endswith"), and does not ignore capitals beyond ASCII in the others.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, lookups
from django.db.models.sql.compiler import SQLCompiler

Compiled = tuple[str, list[Any]]
FEW = 10
HAS_LETTERS = re.compile("[a-zA-Z]")
FOLDED = r"PARLEY_UPPER({}) LIKE PARLEY_UPPER({}) ESCAPE '\'"


class _Exact(lookups.PatternLookup):
    """An exact lookup: in the SQL of `condition`, {0} is the text searched, {1} the text to find."""

    condition: str

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        place, given = self.process_lhs(compiler, connection)
        # Not as a pattern, which would need escaping.
        text, sought = lookups.BuiltinLookup.process_rhs(self, compiler, connection)
        places, texts = (self.condition.count(part) for part in ("{0}", "{1}"))
        return self.condition.format(place, text), [*places * list(given), *texts * list(sought)]


class _AnyCase(lookups.BuiltinLookup):
    """Ignores capitals. SQLite itself compares ASCII texts, which is ten times as fast."""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        sql, params = self.as_sql(compiler, connection)
        if not isinstance(self.rhs, str) or self.rhs.isascii() or self.bilateral_transforms:
            return sql, list(params)
        place, given = self.process_lhs(compiler, connection)
        text, sought = self.process_rhs(compiler, connection)
        return FOLDED.format(place, text), [*given, *sought]


@Field.register_lookup
class Contains(_Exact, lookups.Contains):
    condition = "INSTR({0}, {1}) > 0"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        """Use LIKE for a few signs without ASCII letters: it is exact there and takes half the time."""
        if isinstance(self.rhs, str) and len(self.rhs) <= FEW and not HAS_LETTERS.search(self.rhs):
            sql, params = self.as_sql(compiler, connection)
            return sql, list(params)
        return super().as_sqlite(compiler, connection)


@Field.register_lookup
class StartsWith(_Exact, lookups.StartsWith):
    condition = "SUBSTR({0}, 1, LENGTH({1})) = {1}"


@Field.register_lookup
class EndsWith(_Exact, lookups.EndsWith):
    condition = "SUBSTR({0}, LENGTH({0}) + 1 - LENGTH({1})) = {1}"


@Field.register_lookup
class IExact(_AnyCase, lookups.IExact):
    pass


@Field.register_lookup
class IContains(_AnyCase, lookups.IContains):
    pass


@Field.register_lookup
class IStartsWith(_AnyCase, lookups.IStartsWith):
    pass


@Field.register_lookup
class IEndsWith(_AnyCase, lookups.IEndsWith):
    pass


def upper(text: Any) -> Any:
    """Return the text in capitals, letter by letter as databases do: an "ß" stays "ß"."""
    if not isinstance(text, str):
        return text
    capitals = text.upper()
    if len(capitals) == len(text):
        return capitals
    return "".join(big if len(big := letter.upper()) == 1 else letter for letter in text)
