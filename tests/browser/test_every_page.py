"""Every kind of page breaks no rule, fits the narrowest screen, and gives the watch nothing to tell."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser import addresses
from tests.browser.conftest import SignIn
from tests.browser.looks import Visitor

# Of Django's admin, the pages on which people spend their days. The others need only fit.
DAILY = {"new post", "editor", "queue", "all replies", "answer", "new rule", "ban", "decisions"}
OWNERS = "/admin/settings/"


@pytest.fixture
def visitor(page: Page) -> Visitor:
    return Visitor(page)


def test_the_pages_for_readers(visitor: Visitor, demo_site: None) -> None:
    assert visitor.faults_of(addresses.for_readers()) == ""


def test_the_pages_to_which_mails_lead(visitor: Visitor, chief: User) -> None:
    assert visitor.faults_of(addresses.by_mail(chief)) == ""


def test_the_pages_for_members_and_the_desk(visitor: Visitor, chief: User, sign_in: SignIn) -> None:
    sign_in(visitor.page, chief)
    pages = addresses.for_staff()
    looked_at = {
        name: address
        for name, address in pages.items()
        if name in DAILY or not address.startswith("/admin/") or address.startswith(OWNERS)
    }
    assert visitor.faults_of(looked_at) == ""
    others = {name: address for name, address in pages.items() if name not in looked_at}
    assert visitor.too_wide_of(others) == ""
