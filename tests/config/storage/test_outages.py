"""A database or a cache that is away: what people see, what is asked meanwhile, and what the log says."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import Mock

import psycopg
import pytest
from django.core.cache.backends.base import BaseCache
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from lxml import html
from psycopg import generators

from config import outage
from config.postgresql import base
from config.redis import RedisCache
from tests.conftest import MakePost, MakeUser

REFUSED = OperationalError("connection refused")


@pytest.fixture(autouse=True)
def all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "database", outage.Outage("The database"))
    monkeypatch.setattr(outage, "cache", outage.Outage("The cache"))
    monkeypatch.setattr(outage, "storing", outage.Storing())


@pytest.fixture
def patient() -> Client:
    """One that is answered where others raise."""
    return Client(raise_request_exception=False)


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@contextmanager
def breaking_down(error: Exception) -> Iterator[None]:
    """Whatever asks the database gets this error, and nothing else."""

    def refuse(*_: Any) -> None:
        if outage.database.is_on:
            outage.database.failed(error)
        raise error

    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in ("cursor", "_cursor", "set_autocommit"):
            monkeypatch.setattr(BaseDatabaseWrapper, name, refuse)
        yield


@contextmanager
def database_away() -> Iterator[None]:
    outage.database.failed(REFUSED)
    with breaking_down(REFUSED):
        yield
    outage.database.answered()


def test_a_page_says_when_to_come_again(db: None, patient: Client, settings: Any) -> None:
    settings.PARLEY_OUTAGE_PAUSE = 7
    for language, word in (("en", "away"), ("nl", "weg"), ("de", "gleich")):
        with database_away():
            page = patient.get("/", headers={"accept-language": language})
        assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (
            503,
            "7",
            "no-store",
        )
        tree = html.fromstring(page.content)
        assert tree.get("lang") == language
        assert word in tree.findtext(".//h1")
        assert tree.xpath("//main//a/@href") == ["/"]


def test_a_reply_that_could_not_be_kept_stands_in_a_form_that_sends_it_again(
    patient: Client, make_post: MakePost
) -> None:
    address = f"{make_post().get_absolute_url()}reply/?to=1"
    typed = {"reply": "\nMy <b>long</b>\r\nthoughts", "name": "Nora", "key": "abc", "made": "1:x"}
    with database_away():
        page = patient.post(address, typed)
    assert page.status_code == 503
    (form,) = html.fromstring(page.content).forms
    assert (form.action, form.method) == (address, "POST")
    assert fields_of(form) == {**typed, "reply": "\nMy <b>long</b>\nthoughts"}
    assert form.xpath(".//*[@name='key']/@type") == ["hidden"]
    shown = form.xpath(".//*[@id]/@name")
    assert shown == ["reply", "name"]
    assert form.xpath(".//label/text()") == ["Your reply", "Name"]


def fields_of(form: html.FormElement) -> dict[str, str]:
    """As a browser reads them: a line end at the beginning of a text area is none."""
    return {name: (value or "").removeprefix("\n") for name, value in form.fields.items()}


def test_what_an_author_wrote_is_sent_again_with_all_that_belongs_to_it(
    patient: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    patient.force_login(make_user(is_staff=True, is_superuser=True))
    post = make_post()
    address = f"/admin/blog/post/{post.pk}/change/"
    sent = {"title": "Fog", "body": "All of it", "version": "1", "bylines-TOTAL_FORMS": "0"}
    with database_away():
        page = patient.post(address, sent)
    (form,) = html.fromstring(page.content).forms
    assert fields_of(form) == sent


def test_no_page_repeats_a_password(db: None, patient: Client) -> None:
    with database_away():
        page = patient.post("/accounts/login/", {"login": "ada", "password": "hunter22"})
    assert page.status_code == 503
    assert "hunter22" not in page.text
    assert not html.fromstring(page.content).forms


def test_any_other_error_is_still_our_mistake(db: None, patient: Client) -> None:
    with breaking_down(ValueError("ours")):
        assert patient.get("/").status_code == 500


def test_an_outage_is_told_of_at_its_beginning_and_its_end(
    db: None,
    patient: Client,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outage, "time", Mock(monotonic=lambda: 1.0))
    caplog.handler.addFilter(outage.DropRepeats())
    with database_away():
        for _ in range(20):
            assert patient.get("/").status_code == 503
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "The database does not answer: connection refused",
        "The database answers again after 0 s",
    ]


def test_a_statement_that_failed_for_itself_is_told_with_its_traceback(
    db: None, patient: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(outage.DropRepeats())
    with breaking_down(OperationalError("no such table: nest")):
        assert patient.get("/").status_code == 503
    (record,) = caplog.records
    assert record.exc_info
    assert "no such table" in str(record.exc_info[1])


@pytest.mark.parametrize(
    "said",
    [
        "database or disk is full",
        "disk I/O error",
        "attempt to write a readonly database",
        'could not extend file "base/1/2": No space left on device',
    ],
)
def test_a_database_that_cannot_write_is_told_of_in_one_line_and_asked_on(
    db: None, patient: Client, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    caplog.handler.addFilter(outage.DropRepeats())
    with breaking_down(OperationalError(said)):
        for _ in range(5):
            assert patient.get("/").status_code == 503
    (record,) = caplog.records
    assert record.getMessage() == f"The database cannot write: {said}"
    assert not record.exc_info
    assert not outage.database.is_on
    assert patient.get("/").status_code == 200


def test_what_it_cannot_write_hours_later_is_told_again(
    db: None, patient: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(outage.DropRepeats())
    with breaking_down(OperationalError("database or disk is full")):
        patient.get("/")
        with pytest.MonkeyPatch.context() as clock:
            later = time.monotonic() + 3600
            clock.setattr(time, "monotonic", lambda: later)
            patient.get("/")
    assert len(caplog.records) == 2


def test_what_is_away_is_left_alone_and_then_asked_by_one(settings: Any) -> None:
    settings.PARLEY_OUTAGE_PAUSE = 5
    thing = outage.Outage("It")
    assert thing.allows_asking()
    thing.failed("no answer")
    assert not thing.allows_asking()
    with pytest.MonkeyPatch.context() as clock:
        later = time.monotonic() + 6
        clock.setattr(time, "monotonic", lambda: later)
        assert [thing.allows_asking() for _ in range(3)] == [True, False, False]
    thing.answered()
    assert [thing.allows_asking() for _ in range(3)] == [True, True, True]


def cache_at(server: socket.socket) -> BaseCache:
    url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
    cache: BaseCache = RedisCache(url, {"OPTIONS": {"timeout": 0.1}})
    return cache


def callers(server: socket.socket) -> int:
    number = 0
    while True:
        try:
            server.accept()[0].close()
        except TimeoutError:
            return number
        number += 1


def test_a_cache_that_hangs_is_asked_once_and_then_taken_for_empty(
    silent: socket.socket,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    # Longer than this takes on any machine.
    settings.PARLEY_OUTAGE_PAUSE = 600
    monkeypatch.setattr(outage, "SHORTEST_PAUSE", 600)
    cache = cache_at(silent)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.add("a", 1)
    cache.set("a", 1)
    assert cache.set_many({"a": 1, "b": 2}) == []
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert callers(silent) == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it is about PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestPostgreSQL:
    @pytest.fixture(autouse=True)
    def limited(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(base.Connection, "limit", 0.3 + base.GRACE)
        connection.close()
        yield
        connection.close()

    def test_a_statement_of_a_page_is_ended_by_the_server(self) -> None:
        with (
            connection.cursor() as cursor,
            pytest.raises(OperationalError, match="statement timeout"),
        ):
            cursor.execute("SELECT pg_sleep(30)")
        assert not outage.database.is_on
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    def test_a_server_that_hangs_is_waited_for_no_longer(self) -> None:
        with connection.cursor() as cursor:
            # As a server that hangs, it ends nothing by itself.
            cursor.execute("SET statement_timeout = 0")
            asked = connection.connection.info.backend_pid
            with pytest.raises(OperationalError):
                cursor.execute("SELECT pg_sleep(30)")
        assert outage.database.is_on
        connection.close()
        with pytest.raises(OperationalError, match="is away"):
            connection.ensure_connection()
        outage.database.answered()
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [asked])

    def test_who_waits_for_a_time_of_their_own_tells_of_no_outage(self) -> None:
        connection.ensure_connection()
        database = connection.connection
        with pytest.raises(psycopg.errors._WaitTimeout):
            database.wait(generators.notifies(database.pgconn), timeout=0.01)
        assert not outage.database.is_on
        assert not database.closed

    def test_a_command_may_take_its_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(base.Connection, "limit", None)
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
