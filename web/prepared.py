"""Queries whose SQL is built once.

Django builds the SQL of a queryset anew each time, which takes about five times as long as a
database needs to answer by an index. So queries that most pages and each new reply need are built
once in a process, with `Given` in place of the values that differ:

    BY_ADDRESS = Prepared(Post.objects.filter(address=Given("address", CharField())))
    BY_ADDRESS.first(address="2011/05/appels-en-peren")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Given(Expression):
    """A value that each run gives by `name`, converted as this kind of field does it.

    With a `place` the run gives a list, and this is the item at that place (see `places`).
    """

    def __init__(self, name: str, field: Field[Any, Any], place: int | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.place = name, place

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]

    def converted(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return the value, or each item of the list, as the database takes it."""
        convert = self.output_field.get_db_prep_value
        if self.place is None:
            return convert(value, connection)
        return [convert(item, connection) for item in value]

    def among(self, converted: dict[str, Any]) -> Any:
        value = converted[self.name]
        # A shorter list repeats its last item, which makes no difference to IN.
        return value if self.place is None else value[min(self.place, len(value) - 1)]


def places(name: str, field: Field[Any, Any], number: int) -> list[Any]:
    """Items for `__in`: a run gives a list by this name, and asks about `number` at a time."""
    return [Given(name, field, place) for place in range(number)]


class Prepared(Generic[Row]):
    """A queryset of models, or of `values_list`, with joins and annotations but no prefetching.

    At most one list may be given (`places`).
    """

    def __init__(self, queryset: QuerySet[Any, Row]) -> None:
        self._queryset = queryset

    def all(self, **values: object) -> list[Row]:
        parts = self._statement.in_parts(values)
        return [row for part in parts for row in self._statement.run(part)]

    def first(self, **values: object) -> Row | None:
        return next(iter(self.all(**values)), None)

    @cached_property
    def _statement(self) -> _Statement:
        """Built when first needed, since that takes a connection."""
        return _Statement(self._queryset)


def prefetched(row: Model, name: str, related: list[Any]) -> None:
    """Give a row its related rows, as `prefetch_related` does."""
    found = getattr(row, name).model._default_manager.all()
    found._result_cache = related
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


class _Statement:
    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self.converters = compiler.get_converters(columns).items()
        info = compiler.klass_info if queryset.query.default_cols else None
        self.model = _Columns(info, columns) if info else None
        self.annotations = tuple((compiler.annotation_col_map or {}).items())
        given = [param for param in self.params if isinstance(param, Given)]
        self.given = {param.name: param for param in given}
        self.lists = Counter(param.name for param in given if param.place is not None)

    def in_parts(self, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the values for each part of a long list; nothing for an empty list."""
        if not self.lists:
            yield values
        for name, number in self.lists.items():
            items = values[name]
            for start in range(0, len(items), number):
                yield values | {name: items[start : start + number]}

    def run(self, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        converted = {
            name: param.converted(values[name], connection) for name, param in self.given.items()
        }
        params = [
            param.among(converted) if isinstance(param, Given) else param for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if not (self.converters or self.model):
            return rows
        return [self._made_of(list(row), connection) for row in rows]

    def _made_of(self, row: list[Any], connection: BaseDatabaseWrapper) -> Any:
        for place, (converters, column) in self.converters:
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        if not self.model:
            return tuple(row)
        made = self.model.made_of(row)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


class _Columns:
    """The columns of a row that make a model, and those that make joined models."""

    def __init__(self, info: dict[str, Any], columns: list[Any]) -> None:
        places = info["select_fields"]
        self.model: type[Model] = info["model"]
        self.place = slice(places[0], places[-1] + 1)
        self.fields = [column.target.attname for column in columns[self.place]]
        self.key = self.fields.index(self.model._meta.pk.attname)
        self.joined = [
            (_Columns(other, columns), other["local_setter"], other["remote_setter"])
            for other in info.get("related_klass_infos", ())
        ]

    def made_of(self, row: list[Any]) -> Model | None:
        """Return the model of a row; None if the join found nothing."""
        values = row[self.place]
        if values[self.key] is None:
            return None
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, values)
        for columns, set_here, set_there in self.joined:
            other = columns.made_of(row)
            set_here(made, other)
            if other:
                set_there(other, made)
        return made
