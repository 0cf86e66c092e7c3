"""The figures in Prometheus' text format, by the names that its conventions ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from config.metrics.figures import BOUNDS, BUCKETS, OTHER_STATUS, RESULTS, STATUSES

Sums = Mapping[str, float]


def text_of(sums: Sums, waiting: Mapping[str, int]) -> bytes:
    """Return the sums of the table, and what waits, as Prometheus reads them."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(sums, waiting))
    return generate_latest(registry)


class Figures(Collector):
    """The site's figures, for prometheus_client to write."""

    def __init__(self, sums: Sums, waiting: Mapping[str, int]) -> None:
        self._sums = sums
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        yield from of_pages(self._sums)
        yield from of_requests(self._sums)
        yield from of_database(self._sums)
        for what, number in self._waiting.items():
            yield GaugeMetricFamily(f"parley_{what}_waiting", f"{what.title()} waiting.", number)


def of_pages(sums: Sums) -> Iterator[Metric]:
    asked: Any = CounterMetricFamily(
        "parley_page_cache_requests",
        "Requests that the page cache answered (hit), had made (miss) or let pass.",
        labels=["result"],
    )
    for result in RESULTS:
        asked.add_metric([result], sums[result])
    yield asked
    yield GaugeMetricFamily("parley_page_cache_pages", "Pages in memory.", sums["pages"])
    yield GaugeMetricFamily("parley_page_cache_bytes", "Bytes of pages in memory.", sums["bytes"])
    yield CounterMetricFamily(
        "parley_page_cache_emptied",
        "Pages dropped because what they show changed.",
        sums["emptied"],
    )


def of_requests(sums: Sums) -> Iterator[Metric]:
    answered: Any = CounterMetricFamily(
        "parley_requests", "Requests that Django answered.", labels=["status"]
    )
    columns = {str(status): column for status, column in STATUSES.items()}
    for status, column in (columns | {"other": OTHER_STATUS}).items():
        if sums[column]:
            answered.add_metric([status], sums[column])
    yield answered
    ends = [*map(str, BOUNDS), "+Inf"]
    yield HistogramMetricFamily(
        "parley_request_seconds",
        "Seconds that Django took for an answer.",
        buckets=list(zip(ends, accumulate(sums[name] for name in BUCKETS), strict=True)),
        sum_value=sums["request seconds"],
    )


def of_database(sums: Sums) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "parley_database_seconds", "Seconds that queries took.", sums["query seconds"]
    )
    yield CounterMetricFamily("parley_database_queries", "Queries.", sums["queries"])
