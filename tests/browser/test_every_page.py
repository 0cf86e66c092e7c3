"""Every kind of page on the narrowest screen: it fits, and the watch stays quiet."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize, expect

from accounts.models import User
from tests.browser import addresses
from tests.browser.conftest import SignIn
from tests.browser.layout import too_wide

NARROWEST = ViewportSize(width=320, height=640)


def test_every_page_for_readers_fits_the_narrowest_screen(page: Page, demo_site: None) -> None:
    page.set_viewport_size(NARROWEST)
    faults = {}
    for name, address in addresses.for_readers().items():
        visit(page, address)
        faults[name] = too_wide(page)
    assert not any(faults.values()), told(faults)


def test_every_page_for_staff_fits_the_narrowest_screen(
    page: Page, chief: User, sign_in: SignIn
) -> None:
    page.set_viewport_size(NARROWEST)
    sign_in(page, chief)
    faults = {}
    for name, address in addresses.for_staff().items():
        visit(page, address)
        faults[name] = too_wide(page)
    assert not any(faults.values()), told(faults)


def visit(page: Page, address: str) -> None:
    """Opens a page and sees all of it, so that every picture is fetched."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_attached()
    for picture in page.locator("img").filter(visible=True).all():
        picture.scroll_into_view_if_needed()


def told(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)
