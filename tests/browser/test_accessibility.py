"""Every page against the rules of WCAG 2.2, levels A and AA, that a machine can try."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from accounts.models import User
from tests.browser import addresses
from tests.browser.conftest import OpenBrowser, SignIn

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}
DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=740)
LOOKS = [("light", DESK), ("light", PHONE), ("dark", DESK), ("dark", PHONE)]
# Of Django's admin, the two pages on which people spend their days.
DAILY = {"new post", "editor", "queue", "all replies"}


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]['width']}")
def page(request: pytest.FixtureRequest, new_context: OpenBrowser) -> Page:
    """A page into which axe can be put, past the policy that the other tests hold to."""
    scheme, viewport = request.param
    context = new_context(
        bypass_csp=True, color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
    )
    return context.new_page()


def test_pages_for_readers_are_accessible(page: Page, demo_site: None) -> None:
    found = violations(page, addresses.for_readers())
    assert not found, found


def test_pages_for_members_and_the_desk_are_accessible(
    page: Page, chief: User, sign_in: SignIn
) -> None:
    sign_in(page, chief)
    pages = {
        name: address
        for name, address in addresses.for_staff().items()
        if name in DAILY or not address.startswith("/admin/")
    }
    found = violations(page, pages)
    assert not found, found


def violations(page: Page, pages: dict[str, str]) -> str:
    lines = []
    for name, address in pages.items():
        page.goto(address)
        found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
        lines += [
            f"{name}: {rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]
        ]
    return "\n".join(lines)
