"""`/metrics` of a real server with several processes."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from benchmarks.faults.processes import descendants
from tests.config.metrics.test_metrics import read
from tests.config.serving.conftest import PATIENCE, Serve, Site

ASKED = 12
REQUESTS = "parley_page_cache_requests_total"


def figures(site: Site) -> dict[str, float]:
    answer = site.ask("/metrics")
    assert answer.status == 200
    return read(answer.text)


def asked(told: dict[str, float]) -> float:
    return sum(value for name, value in told.items() if name.startswith(REQUESTS))


def figures_when_counted(site: Site, number: int) -> dict[str, float]:
    """Return them when so many requests have been counted; fails if that takes long."""
    until = time.monotonic() + PATIENCE
    while asked(told := figures(site)) != number:
        assert time.monotonic() < until, told
        time.sleep(0.1)
    return told


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux about processes")
def test_what_the_processes_count_is_summed_and_outlives_them(serve: Serve, staff: str) -> None:
    site = serve(processes=2, PARLEY_METRICS="10.0.0.0/8, 127.0.0.1")
    for _ in range(ASKED):  # each by a connection of its own, which either process may take
        assert site.ask("/robots.txt").status == 200
    told = figures_when_counted(site, ASKED)
    misses = told[REQUESTS + '{result="miss"}']
    assert told[REQUESTS + '{result="hit"}'] == ASKED - misses
    assert told["parley_page_cache_pages"] == misses
    assert told['parley_requests_total{status="200"}'] == misses
    for process in descendants(site.process.pid):
        os.kill(process, signal.SIGKILL)
    assert site.ask("/robots.txt").status == 200
    assert figures_when_counted(site, ASKED + 1)["parley_page_cache_pages"] == 1


def test_with_nothing_set_nobody_may_ask(serve: Serve) -> None:
    site = serve()
    assert site.ask("/metrics").text == site.ask("/no-such").text.replace("/no-such", "/metrics")
    assert not (site.folder / "data" / "run" / "figures-1").exists()


def test_a_database_that_is_away_keeps_the_rest_of_the_figures(serve: Serve) -> None:
    site = serve(PARLEY_METRICS="127.0.0.1", DATABASE_URL="postgresql://parley@127.0.0.1:9/parley")
    told = figures(site)
    assert "parley_page_cache_pages" in told
    assert not [name for name in told if name.endswith("_waiting")]
