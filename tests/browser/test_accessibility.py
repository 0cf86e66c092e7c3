"""Every page against the rules of WCAG 2.2, levels A and AA, that a machine can try."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from accounts.models import User
from tests.browser import addresses
from tests.browser.conftest import OpenBrowser, SignIn

DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=740)
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHAT_SHOWS = ["color-contrast", "link-in-text-block", "target-size"]
# Colours depend on the scheme and sizes on the screen; what a page says of itself, on neither.
LOOKS = [
    ("light", DESK, EVERYTHING),
    ("light", PHONE, WHAT_SHOWS),
    ("dark", DESK, WHAT_SHOWS),
    ("dark", PHONE, EVERYTHING),
]
# Of Django's admin, the pages on which people spend their days.
DAILY = {"new post", "editor", "queue", "all replies", "answer", "new rule", "ban", "decisions"}


class Visitor:
    """Looks at pages in one look, by some of the rules."""

    def __init__(self, page: Page, rules: list[str]) -> None:
        self.page = page
        self.options = {
            "resultTypes": ["violations"],
            "runOnly": rules,
            "rules": {"target-size": {"enabled": True}},
            "preload": False,
        }

    def violations(self, pages: dict[str, str]) -> str:
        """What breaks a rule on these pages, a line each: page, rule and element."""
        return "\n".join(
            f"{name}: {rule['id']}: {node['html']}"
            for name, address in pages.items()
            for rule in self.violations_of(address)
            for node in rule["nodes"]
        )

    def violations_of(self, address: str) -> list[dict[str, Any]]:
        self.page.goto(address)
        found: list[dict[str, Any]] = (
            Axe().run(self.page, options=self.options).response["violations"]
        )
        return found


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]['width']}")
def visitor(request: pytest.FixtureRequest, new_context: OpenBrowser) -> Visitor:
    """With a page into which axe can be put, past the policy that the other tests hold to."""
    scheme, viewport, rules = request.param
    context = new_context(
        bypass_csp=True, color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
    )
    return Visitor(context.new_page(), rules)


def test_pages_for_readers_are_accessible(visitor: Visitor, demo_site: None) -> None:
    found = visitor.violations(addresses.for_readers())
    assert not found, found


def test_pages_for_members_and_the_desk_are_accessible(
    visitor: Visitor, chief: User, sign_in: SignIn
) -> None:
    sign_in(visitor.page, chief)
    pages = {
        name: address
        for name, address in addresses.for_staff().items()
        if name in DAILY or not address.startswith("/admin/")
    }
    found = visitor.violations(pages)
    assert not found, found
