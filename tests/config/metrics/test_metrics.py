"""`/metrics`: who may ask, and what is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from background.models import Task
from background.tasks import forget_finished_tasks
from config.metrics import waiting
from config.metrics.figures import PagesInMemory, table
from config.metrics.queries import QueryClock
from config.watch import Watch
from outbox.models import Mail
from pagecache.keeping import Keeper
from tests.pagecache.site import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the test's own thread and transaction."""
    monkeypatch.setattr("config.metrics.middleware.waiting", waiting.count_and_let_go)
    monkeypatch.setattr(connections, "close_all", lambda: None)


@pytest.fixture
def allow(settings: Any) -> Callable[..., Client]:
    """allow("10.0.0.0/8", …) -> a client of the site, where these may ask."""

    def start(*networks: str) -> Client:
        settings.PARLEY_METRICS = [ip_network(one) for one in networks]
        return Client()

    return start


def read(text: str) -> dict[str, float]:
    """Return the samples of an answer by their names and labels: `name{label="value"}`."""
    return {
        sample.name
        + "".join(f'{{{name}="{value}"}}' for name, value in sample.labels.items()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return read(answer.text)


def test_with_nothing_set_the_page_is_not_there(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("networks", "address", "is_allowed"),
    [
        (["127.0.0.1"], "127.0.0.1", True),
        (["127.0.0.1"], "127.0.0.2", False),
        (["192.0.2.1", "10.0.0.0/8"], "10.200.3.4", True),
        (["10.0.0.0/8"], "::ffff:10.1.2.3", True),
        (["10.0.0.0/8"], "11.0.0.1", False),
        (["::1"], "::1", True),
        (["2001:db8::5"], "2001:db8::5", True),
        (["2001:db8::5"], "2001:db8::6", False),
        (["0.0.0.0/0"], "", False),
    ],
)
def test_only_the_addresses_that_are_named_may_ask(
    allow: Callable[..., Client], networks: list[str], address: str, is_allowed: bool
) -> None:
    answer = allow(*networks).get("/metrics", REMOTE_ADDR=address)
    assert answer.status_code == (200 if is_allowed else 404)
    assert ("parley_" in answer.text) is is_allowed


def test_whoever_may_not_ask_gets_what_any_missing_page_gives(
    allow: Callable[..., Client],
) -> None:
    client = allow("10.0.0.0/8")
    refused, missing = client.get("/metrics"), client.get("/no-such")
    assert refused.status_code == missing.status_code == 404
    assert refused.text.replace("/metrics", "/no-such") == missing.text
    assert refused.headers.keys() == missing.headers.keys()


def test_behind_a_proxy_the_address_is_that_of_the_reader(
    allow: Callable[..., Client], settings: Any
) -> None:
    settings.PARLEY_PROXIES = 1
    client = allow("127.0.0.1")
    forged = "127.0.0.1, 203.0.113.9"
    assert client.get("/metrics", headers={"X-Forwarded-For": forged}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200


def test_it_answers_on_plain_http_and_for_any_host_name(
    allow: Callable[..., Client], settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = allow("127.0.0.1").get("/metrics", headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer.headers["Cache-Control"]


def test_requests_are_counted_by_status_and_time(allow: Callable[..., Client]) -> None:
    client = allow("127.0.0.1")
    for address in ("/", "/", "/no-such-page/"):
        client.get(address)
    told = figures(client)
    assert told['parley_requests_total{status="200"}'] == 2
    assert told['parley_requests_total{status="404"}'] == 1
    assert told["parley_request_seconds_count"] == 3
    assert told['parley_request_seconds_bucket{le="+Inf"}'] == 3
    assert 0 < told["parley_request_seconds_sum"] < 60
    assert figures(client) == told


def test_the_time_of_the_database_is_counted(allow: Callable[..., Client]) -> None:
    client, clock = allow("127.0.0.1"), QueryClock(table())
    clock.watch(connection)
    clock.watch(connection)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.executemany("DELETE FROM outbox_mail WHERE id = %s", [[0], [1]])
    finally:
        connection.execute_wrappers.remove(clock)
    told = read(client.get("/metrics").text)
    assert told["parley_database_queries_total"] == 2
    assert told["parley_database_seconds_total"] > 0


def test_what_waits_is_counted_when_somebody_asks(allow: Callable[..., Client]) -> None:
    client = allow("127.0.0.1")
    assert figures(client)["parley_tasks_waiting"] == 0
    forget_finished_tasks.enqueue()
    Mail.objects.create(recipients=[], message=b"")
    Mail.objects.create(recipients=[], message=b"", sent_at=timezone.now())
    told = figures(client)
    assert told["parley_tasks_waiting"] == 1
    assert told["parley_mails_waiting"] == 1


def test_without_a_database_the_rest_is_told(
    allow: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError("refused")

    client = allow("127.0.0.1")
    monkeypatch.setattr(Task.objects, "ready", refuse)
    told = figures(client)
    assert "parley_page_cache_pages" in told
    assert not [name for name in told if name.endswith("_waiting")]


def test_a_database_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    slow = Watch(lambda: time.sleep(0.3) or {"tasks": 1})
    monkeypatch.setattr(waiting, "DEADLINE", 0.01)
    monkeypatch.setattr(waiting, "watch", slow)
    assert waiting.waiting() == {}
    assert slow.look().result() == {"tasks": 1}


@pytest.mark.django_db(transaction=True)
def test_hits_misses_and_passes_are_counted_by_the_keeper(
    allow: Callable[..., Client], tmp_path: Path
) -> None:
    client, site = allow("127.0.0.1"), Site(tmp_path / "run" / "changes")
    keeper = Keeper(
        site.cache, make=site.layer.make, wanted=tmp_path / "w", counted=PagesInMemory(table())
    )
    for address in ("/robots.txt", "/robots.txt", "/robots.txt", "/no-such"):
        site.get(address)
    for _ in range(2):
        keeper.count()
        told = figures(client)
        results = ("hit", "miss", "pass")
        asked = [told[f'parley_page_cache_requests_total{{result="{one}"}}'] for one in results]
        assert asked == [2, 1, 1]
        assert told["parley_page_cache_pages"] == 1
        assert told["parley_page_cache_bytes"] == site.cache.size > 0
    site.cache.empty()
    keeper.count()
    assert figures(client)["parley_page_cache_emptied_total"] == 1
