"""The desk has the site's own doors, in and out, and is in the order in which one works."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from lxml import html

from accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, make_user: Any) -> Client:
    client.force_login(make_user("edith", role=Role.ADMINISTRATOR))
    return client


def test_posts_come_first_and_accounts_last(desk: Client) -> None:
    page = html.fromstring(desk.get("/admin/").content)
    things = [link.text for link in page.xpath("//*[@id='content-main']//th/a")]
    assert things == [
        *("Posts", "Categories", "Tags", "Series"),
        *("Replies", "Rules", "Decisions", "Images"),
        *("Authors", "Users", "Settings", "Tasks"),
    ]


def test_one_leaves_it_as_one_leaves_the_site(desk: Client) -> None:
    page = html.fromstring(desk.get("/admin/").content)
    (form,) = page.xpath("//form[@id='logout-form']")
    assert (form.method, form.action) == ("POST", "/accounts/logout/")
    assert desk.post(form.action)["Location"] == "/"
    assert not get_user(desk).is_authenticated
