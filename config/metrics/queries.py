"""How long the database takes: each query of each connection is counted."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from config.metrics.table import Table


class QueryClock:
    """Counts the queries of all connections, by Django's way to wrap them (`execute_wrappers`)."""

    def __init__(self, figures: Table) -> None:
        self._figures = figures
        connection_created.connect(self.watch, weak=False, dispatch_uid="config.metrics.queries")

    def watch(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        """Count the queries of a connection; it keeps its wrappers when it opens again."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, self)

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        began = perf_counter()
        try:
            return execute(*given)
        finally:
            self._figures.add({"queries": 1, "query seconds": perf_counter() - began})
