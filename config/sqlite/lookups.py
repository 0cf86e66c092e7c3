"""Comparisons of texts that find on SQLite what they find on PostgreSQL.

SQLite's LIKE takes capitals of ASCII for small letters even where a lookup means what it says
("contains", "startswith", "endswith"), and knows no capitals beyond ASCII where it does not.
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
    """`condition` is SQL in which {0} is where a text is sought, and behind it {1} the text."""

    condition: str

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        place, given = self.process_lhs(compiler, connection)
        # Not as a pattern, which would have to be escaped.
        text, sought = lookups.BuiltinLookup.process_rhs(self, compiler, connection)
        places, texts = (self.condition.count(part) for part in ("{0}", "{1}"))
        return self.condition.format(place, text), [*places * list(given), *texts * list(sought)]


class _AnyCase(lookups.BuiltinLookup):
    """What is all ASCII is left to SQLite, which compares it ten times as fast."""

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
        """LIKE is exact about all but letters of ASCII, and takes half the time for a few signs."""
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
    """Capitals letter by letter, as databases make them: an "ß" stays one."""
    if not isinstance(text, str):
        return text
    capitals = text.upper()
    if len(capitals) == len(text):
        return capitals
    return "".join(big if len(big := letter.upper()) == 1 else letter for letter in text)
