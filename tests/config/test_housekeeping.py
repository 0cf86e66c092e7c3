"""What Django keeps in tables and forgets only when it is told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
JUMP = timedelta(days=400)
RunTasks = Callable[[], Any]
IN_A_TABLE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}


def sign_in(make_user: Any, name: str) -> Client:
    browser = Client()
    browser.force_login(make_user(name))
    return browser


def test_a_session_leaves_the_table_when_it_is_over(make_user: Any, run_tasks: RunTasks) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(make_user, "ada")
        clock.shift(timedelta(days=10))
        kept = sign_in(make_user, "bob")
        run_tasks()
        assert Session.objects.count() == 2
        clock.shift(timedelta(days=5))
        run_tasks()
        assert [one.session_key for one in Session.objects.all()] == [kept.session.session_key]


def test_a_session_of_a_clock_that_was_ahead_does_not_outlast_all_others(
    make_user: Any, run_tasks: RunTasks
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(JUMP)
        sign_in(make_user, "ada")
        clock.shift(-JUMP)
        run_tasks()
        assert not Session.objects.exists()


def test_what_was_counted_by_a_clock_that_was_ahead_is_forgotten(
    settings: Any, run_tasks: RunTasks
) -> None:
    settings.CACHES = {"default": IN_A_TABLE}
    call_command("createcachetable", verbosity=0)
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(JUMP)
        caches["default"].set("too-often", 5, 300)
        clock.shift(-JUMP)
        caches["default"].set("today", 1, 300)
        run_tasks()
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM cache")
            assert [key for (key,) in cursor.fetchall()] == [":1:today"]
