"""A connection to PostgreSQL that is kept between requests."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it is about PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_request_after_the_server_closed_the_connection_is_answered() -> None:
    assert status_of_the_first_page() == "200 OK"
    used = connection.connection
    assert status_of_the_first_page() == "200 OK"
    assert connection.connection is used
    close_from_the_other_end()
    assert status_of_the_first_page() == "200 OK"


def status_of_the_first_page() -> str:
    """As a server asks: Django's test client leaves connections alone between its requests."""
    statuses: list[str] = []
    application: Any = get_wsgi_application()
    answer = application(
        RequestFactory().get("/").environ, lambda status, _: statuses.append(status)
    )
    b"".join(answer)
    answer.close()
    return statuses[0]


def close_from_the_other_end() -> None:
    ours = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
