"""What monitors and load balancers learn."""

from __future__ import annotations

import contextlib
import shutil
import socket
from collections import namedtuple
from collections.abc import Iterator
from datetime import timedelta
from threading import Lock, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from background.models import Schedule, Task
from background.tasks import forget_finished_tasks
from config import outage
from config.serving import health

# What is looked at is seen by another thread, so it must be committed.
pytestmark = pytest.mark.django_db(transaction=True)
Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def plenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "database", outage.Outage("The database"))
    monkeypatch.setattr(outage, "cache", outage.Outage("The cache"))
    monkeypatch.setattr(health, "DEADLINE", 60)
    give_space(monkeypatch, 2**40)


def give_space(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(2**40, 0, free))


@pytest.fixture
def migration_to_come() -> Iterator[None]:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("background", "0001_schedule")
    yield
    recorder.record_applied("background", "0001_schedule")


def said(client: Client, query: str = "") -> tuple[int, str]:
    answer = client.get(f"/readyz{query}")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, answer.text


def warns_of(client: Client, what: str) -> bool:
    """Whether the answer names it, with 200 while pages are served, and with 503 if asked strictly."""
    return (said(client), said(client, "?strict")) == (
        (200, f"ready\n{what}\n"),
        (503, f"{what}\n"),
    )


def test_all_is_well(client: Client) -> None:
    assert said(client) == said(client, "?strict") == (200, "ready\n")
    assert client.get("/healthz").text == "alive\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_no_host_and_no_redirect_stands_in_the_way(
    client: Client, settings: Any, path: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["blog.example.org"]
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get(path, headers={"host": "a b"}).status_code == 200


def test_migrations_that_wait_keep_readers_away(client: Client, migration_to_come: None) -> None:
    assert said(client) == (503, "1 migrations wait\n")


def test_a_disk_that_is_full_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    give_space(monkeypatch, settings.PARLEY_DISK_SPACE - 1)
    assert warns_of(client, "the disk is full")


def test_a_data_folder_that_is_away_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    assert warns_of(client, "the data folder cannot be looked at: Input/output error")


def test_whatever_goes_wrong_while_it_looks_is_an_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> int:
        raise ValueError("unheard of")

    monkeypatch.setattr(health, "migrations_waiting", fail)
    assert said(client) == (503, "the site cannot be looked at: see the log\n")
    assert "unheard of" in caplog.text


def test_migrations_are_read_before_anybody_asks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    health.migrations_on_disk.cache_clear()
    client.get("/healthz")
    monkeypatch.setattr(health, "MigrationLoader", None)
    assert said(client) == (200, "ready\n")


def test_a_task_that_nobody_does_tells_that_the_worker_is_gone(client: Client) -> None:
    forget_finished_tasks.enqueue()
    assert said(client) == (200, "ready\n")
    Task.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))
    assert warns_of(client, "no worker does what waits")


def test_a_task_that_waits_for_its_time_is_no_sign(client: Client) -> None:
    forget_finished_tasks.enqueue()
    now = timezone.now()
    Task.objects.update(enqueued_at=now - timedelta(days=1), run_after=now + timedelta(hours=1))
    assert said(client) == (200, "ready\n")


def test_a_task_that_was_put_off_is_late_only_when_it_has_been_due_for_minutes(
    client: Client,
) -> None:
    forget_finished_tasks.enqueue()
    now = timezone.now()
    Task.objects.update(enqueued_at=now - timedelta(days=1), run_after=now - timedelta(minutes=1))
    assert said(client) == (200, "ready\n")
    Task.objects.update(run_after=now - timedelta(minutes=6))
    assert warns_of(client, "no worker does what waits")


def test_a_schedule_that_nobody_keeps_tells_it_too(client: Client) -> None:
    Schedule.objects.create(name="x", due_at=timezone.now() - timedelta(minutes=6))
    assert warns_of(client, "no worker does what waits")


def test_a_cache_that_is_away_is_named(client: Client) -> None:
    outage.cache.failed("refused")
    assert warns_of(client, "the cache does not answer")


@pytest.fixture
def redis_server() -> Iterator[socket.socket]:
    """One that takes connections, and answers none of them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def use(settings: Any, server: socket.socket) -> None:
    url = f"redis://127.0.0.1:{server.getsockname()[1]}/0?protocol=2"
    cache = {"BACKEND": "config.redis.RedisCache", "LOCATION": url, "OPTIONS": {"timeout": 0.2}}
    settings.CACHES = {"default": cache}


def test_a_cache_that_nobody_has_asked_is_known_to_be_away_and_to_be_back(
    client: Client, settings: Any, redis_server: socket.socket
) -> None:
    use(settings, redis_server)
    assert warns_of(client, "the cache does not answer")
    while not health.watch_of_cache.look().done():
        continue
    Thread(target=answer_all, args=[redis_server], daemon=True).start()
    assert said(client) == (200, "ready\n")
    assert not outage.cache.is_on


def answer_all(server: socket.socket) -> None:
    """Whatever is asked is done; ends when nothing more is asked."""
    with contextlib.suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(1)
                while asked := connection.recv(4096):
                    connection.sendall(b"+PONG\r\n" * asked.count(b"*"))


def test_a_cache_that_hangs_for_long_keeps_no_reader_away(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, redis_server: socket.socket
) -> None:
    use(settings, redis_server)
    monkeypatch.setattr(health, "DEADLINE_OF_CACHE", 0.001)
    assert said(client) == (200, "ready\nthe cache does not answer\n")
    health.watch_of_cache.look().result()


def test_a_database_that_is_away_keeps_readers_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise DatabaseError("refused")

    monkeypatch.setattr(health, "migrations_waiting", refuse)
    assert said(client) == (503, "the database does not answer\n")


def test_a_look_that_takes_too_long_is_not_waited_for_and_not_repeated(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    hanging = Lock()
    hanging.acquire()

    def hang() -> int:
        looks.append(1)
        with hanging:
            return 0

    monkeypatch.setattr(health, "DEADLINE", 0.01)
    monkeypatch.setattr(health, "migrations_waiting", hang)
    for _ in range(3):
        assert said(client) == (503, "the database does not answer\n")
    assert len(looks) == 1
    hanging.release()
    health.watch.look().result()
