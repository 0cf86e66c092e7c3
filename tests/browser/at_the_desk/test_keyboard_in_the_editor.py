"""The editor by the keyboard alone: its keys, and its toolbar as WAI-ARIA describes one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.roles import Role
from tests.browser.at_the_desk import desk
from tests.browser.conftest import SignIn
from tests.conftest import MakeUser


@pytest.fixture
def body(page: Page, make_user: MakeUser, sign_in: SignIn) -> Locator:
    sign_in(page, make_user("ada", role=Role.AUTHOR))
    return desk.open_empty_post(page)


def test_keys_set_marks_and_undo_takes_them_back(page: Page, body: Locator) -> None:
    body.focus()
    page.keyboard.type("herons")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+b")
    expect(body).to_have_value("**herons**")
    page.keyboard.press("ControlOrMeta+b")
    expect(body).to_have_value("herons")
    page.keyboard.press("ControlOrMeta+i")
    expect(body).to_have_value("*herons*")
    page.keyboard.press("ControlOrMeta+z")
    expect(body).to_have_value("herons")
    page.keyboard.press("ControlOrMeta+k")
    page.keyboard.type("https://example.org/")
    expect(body).to_have_value("[herons](https://example.org/)")


def test_the_toolbar_is_one_stop_and_arrows_move_within(page: Page, body: Locator) -> None:
    toolbar = page.get_by_role("toolbar", name="Formatting")
    body.focus()
    page.keyboard.press("Shift+Tab")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(toolbar.get_by_role("button", name="Read more")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(body).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(toolbar.get_by_role("button", name="Italic")).to_be_focused()


def test_a_button_acts_on_the_text_and_hands_the_focus_back(page: Page, body: Locator) -> None:
    body.focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Tab")
    toolbar = page.get_by_role("toolbar", name="Formatting")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="List", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(body).to_have_value("- one")
    expect(body).to_be_focused()


def test_the_tab_key_leaves_the_text(page: Page, body: Locator) -> None:
    body.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="Preview")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Summary")).to_be_focused()
