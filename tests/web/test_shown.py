"""What changed is announced once its own transaction has committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import connection, transaction

from web.shown import announce_waiting, changed, names_changed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator[list[set[str]]]:
    found: list[set[str]] = []

    def hear(names: tuple[str, ...], **kwargs: Any) -> None:
        found.append(set(names))

    names_changed.connect(hear)
    yield found
    names_changed.disconnect(hear)


def in_another_thread(*names: str) -> None:
    def announce() -> None:
        changed(*names)
        connection.close()

    thread = Thread(target=announce)
    thread.start()
    thread.join()


def test_the_names_of_a_transaction_are_announced_together(heard: list[set[str]]) -> None:
    with transaction.atomic():
        changed("post:1", "posts")
        changed("post:2")
        assert not heard
    assert heard == [{"post:1", "post:2", "posts"}]


def fail() -> None:
    raise ZeroDivisionError


def test_what_is_not_announced_after_a_commit_is_so_later(heard: list[set[str]]) -> None:
    """Django does nothing more after a commit once one of those who wait for it has failed."""
    with suppress(ZeroDivisionError), transaction.atomic():
        transaction.on_commit(fail)
        changed("post:1")
    assert not heard
    with transaction.atomic():
        announce_waiting()
        assert not heard
        changed("post:2")
    assert heard == [{"post:1", "post:2"}]
    with suppress(ZeroDivisionError), transaction.atomic():
        transaction.on_commit(fail)
        changed("post:3")
    request_finished.send(sender=None)
    assert heard == [{"post:1", "post:2"}, {"post:3"}]


def test_what_was_rolled_back_is_announced_after_the_request(heard: list[set[str]]) -> None:
    """It costs the page once more, and asks nobody whether something else was committed."""
    with suppress(ZeroDivisionError), transaction.atomic():
        changed("post:1")
        fail()
    assert not heard
    request_finished.send(sender=None)
    assert heard == [{"post:1"}]


def test_a_savepoint_that_is_rolled_back_takes_no_announcement_along(
    heard: list[set[str]],
) -> None:
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            changed("post:2")
            fail()
        changed("post:3")
    assert heard == [{"post:2", "post:3"}]


def test_a_thread_announces_what_it_changed_itself(heard: list[set[str]]) -> None:
    with transaction.atomic():
        changed("post:1")
        in_another_thread("post:2")
        assert heard == [{"post:2"}]
    assert heard == [{"post:2"}, {"post:1"}]
