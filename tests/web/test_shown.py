"""What changed is announced once its own transaction has committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from web.shown import changed, names_changed

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


def test_what_was_rolled_back_is_never_announced(heard: list[set[str]]) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        changed("post:1")
        raise ZeroDivisionError
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            changed("post:2")
            raise ZeroDivisionError
        changed("post:3")
    assert heard == [{"post:3"}]


def test_a_thread_announces_what_it_changed_itself(heard: list[set[str]]) -> None:
    with transaction.atomic():
        changed("post:1")
        in_another_thread("post:2")
        assert heard == [{"post:2"}]
    assert heard == [{"post:2"}, {"post:1"}]
