"""Someone who writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.conftest import MakeUser
from tests.html import form_data

Submit = Callable[..., HttpResponse]


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR, display_name="Ada Okafor")


@pytest.fixture
def desk(client: Client, ada: User) -> Client:
    """A browser in which Ada, an author, is signed in."""
    client.force_login(ada)
    return client


@pytest.fixture
def submit() -> Submit:
    """submit(client, address, button="_publish", title="…") opens the page, fills in and presses."""

    def submit(client: Client, address: str, *, button: str = "_save", **fields: Any) -> Any:
        page = client.get(address)
        assert page.status_code == 200, page.status_code
        data = form_data(page.text, form_id="post_form") | fields | {button: "1"}
        body = urlencode(data, doseq=True)
        return client.post(address, body, "application/x-www-form-urlencoded")

    return submit
