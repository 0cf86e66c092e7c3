"""Somebody who may change the settings, and the forms of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from accounts.roles import Role
from site_settings.verbs import change_settings
from tests.conftest import MakeUser
from web import in_memory

OVERVIEW = "/admin/settings/"
LOG = f"{OVERVIEW}changes/"
Fill = Callable[..., Any]
SetSite = Callable[..., None]


def group(slug: str) -> str:
    return f"{OVERVIEW}{slug}/"


@pytest.fixture
def olga(make_user: MakeUser) -> User:
    return make_user("olga", role=Role.ADMINISTRATOR, display_name="Olga Owner")


@pytest.fixture
def owner(client: Client, olga: User) -> Client:
    """A browser in which an administrator is signed in."""
    client.force_login(olga)
    return client


def sent_by(page: Any) -> dict[str, Any]:
    """What the form of the settings would send."""
    (form,) = html.fromstring(page.text).find_class("settings-form")
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value.removeprefix("\n"))
    return data


def send(client: Client, slug: str, data: dict[str, Any]) -> Any:
    body = urlencode(data, doseq=True)
    return client.post(group(slug), body, "application/x-www-form-urlencoded")


@pytest.fixture
def set_site(db: None) -> SetSite:
    """set_site(name="…") sets the site as the desk does, and as if the transaction had committed."""

    def set_site(**values: Any) -> None:
        change_settings(values=values, by=None)
        in_memory.forget()

    return set_site


@pytest.fixture
def fill() -> Fill:
    """fill(client, "general", name="…") opens the page, fills in and saves."""

    def fill(client: Client, slug: str, **values: Any) -> Any:
        page = client.get(group(slug))
        assert page.status_code == 200, page.status_code
        answer = send(client, slug, sent_by(page) | values)
        in_memory.forget()
        return answer

    return fill
