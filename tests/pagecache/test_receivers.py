"""A writer who is killed leaves no page old."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from pagecache.log import POSITION, WRITERS, ChangeLog
from tests.pagecache.changes import World, change_the_words_of_a_lead_image, correct_a_title
from tests.pagecache.site import Site
from tests.pagecache.test_log import write_word
from web.shown import changed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("change", [correct_a_title, change_the_words_of_a_lead_image])
def test_a_change_is_seen_whose_writer_was_killed_before_it_could_tell(
    change: Callable[[World], object], world: World, site: Site
) -> None:
    pages = world.addresses()
    site.warm(pages)

    def change_and_die() -> None:
        with transaction.atomic():
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
            change(world)

    connection.close()
    process = get_context("fork").Process(target=change_and_die)
    process.start()
    process.join()
    assert site.old(pages)
    site.keeper.look()
    assert site.old(pages) == []


@pytest.mark.urls(__name__)
def test_a_request_whose_transaction_was_rolled_back_leaves_no_note(
    client: Client, site: Site
) -> None:
    client.get("/rolled/back/")
    assert not any(site.log._words[place] for place in WRITERS)


@pytest.mark.urls(__name__)
def test_a_change_that_the_log_cannot_take_is_answered_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(ChangeLog, "append", fail)
    assert client.get("/changed/").status_code == 200
    assert "No locks available" in caplog.text


@pytest.mark.urls(__name__)
def test_a_change_is_answered_and_seen_where_the_log_is_damaged(client: Client, site: Site) -> None:
    write_word(site.log.path, POSITION, 2**64 - 1)
    since = site.log.position
    assert client.get("/changed/").status_code == 200
    assert site.log.since(since)[1]


def change(request: HttpRequest) -> HttpResponse:
    changed("post:1")
    return HttpResponse()


def roll_back(request: HttpRequest) -> HttpResponse:
    with suppress(ZeroDivisionError), transaction.atomic():
        changed("post:1")
        raise ZeroDivisionError
    return HttpResponse()


urlpatterns = [path("rolled/back/", roll_back), path("changed/", change)]
