"""What workers and moderators ask of the queue stays cheap, however much was done already."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.moderators import QUEUE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="small tables are read whole elsewhere"
    ),
]


def plans(asked: CaptureQueriesContext) -> list[str]:
    """How each question about tasks was answered."""
    questions = [one["sql"] for one in asked if "dbtaskresult" in one["sql"]]
    with connection.cursor() as cursor:
        return [
            " ".join(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
            for sql in questions
            if sql.startswith("SELECT")
        ]


def test_a_look_for_work_reads_no_task_that_is_done(run_tasks: Any) -> None:
    run_tasks()
    with CaptureQueriesContext(connection) as asked:
        run_tasks()
    assert plans(asked)
    assert not [plan for plan in plans(asked) if "SCAN" in plan]


def test_the_queue_of_replies_reads_no_task_that_is_done(client: Client, mo: User) -> None:
    client.force_login(mo)
    with CaptureQueriesContext(connection) as asked:
        client.get(QUEUE)
    (plan,) = plans(asked)
    assert "background_by_status" in plan
