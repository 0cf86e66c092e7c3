"""What was typed and not saved is kept in the browser, and offered when one comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.roles import Role
from tests.browser.at_the_desk import desk
from tests.browser.conftest import SignIn
from tests.conftest import MakeUser


@pytest.fixture
def body(page: Page, make_user: MakeUser, sign_in: SignIn) -> Locator:
    """An empty post stands open; a title and a text are typed, and the page is loaded anew."""
    sign_in(page, make_user("ada", role=Role.AUTHOR))
    body = desk.open_empty_post(page)
    page.get_by_label("Title").fill("Herons in town")
    body.fill("They came early.")
    page.reload()
    return body


def test_an_unsaved_text_is_offered_and_comes_back(page: Page, body: Locator) -> None:
    offer = page.get_by_role("region", name="Unsaved text")
    expect(offer).to_be_visible()
    expect(body).to_have_value("")
    offer.get_by_role("button", name="Bring it back").click()
    expect(body).to_have_value("They came early.")
    expect(body).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("Herons in town")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("They came early.")
    expect(offer).to_be_hidden()


def test_a_text_thrown_away_is_not_offered_again(page: Page, body: Locator) -> None:
    offer = page.get_by_role("region", name="Unsaved text")
    offer.get_by_role("button", name="Throw it away").click()
    expect(offer).to_be_hidden()
    page.reload()
    expect(page.get_by_role("region", name="Preview")).to_be_visible()
    expect(offer).to_be_hidden()


def test_a_saved_text_is_offered_no_more(page: Page, body: Locator) -> None:
    offer = page.get_by_role("region", name="Unsaved text")
    offer.get_by_role("button", name="Bring it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Herons in town")).to_be_visible()
    expect(page.get_by_role("region", name="Preview")).to_contain_text("They came early.")
    expect(offer).to_be_hidden()
    desk.open_empty_post(page)
    expect(offer).to_be_hidden()
