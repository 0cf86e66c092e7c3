"""The owner sets the site, by the keyboard and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OpenBrowser, SignIn


def set_the_name(page: Page, name: str) -> None:
    """Go from the desk to the name, replace it, and save, with no pointer."""
    page.goto("/admin/")
    page.get_by_role("link", name="Settings", exact=True).press("Enter")
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="Name").press("Enter")
    field = page.get_by_label("Name", exact=True)
    field.press("ControlOrMeta+a")
    field.press_sequentially(name)
    field.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_owner_names_the_site_and_takes_it_back(
    new_context: OpenBrowser, chief: User, sign_in: SignIn, scripts: bool
) -> None:
    page = new_context(
        java_script_enabled=scripts, viewport={"width": 360, "height": 740}
    ).new_page()
    sign_in(page, chief)
    set_the_name(page, "The Heron")
    expect(page.get_by_text("Name: “The Heron” from now on.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("banner").get_by_role("link", name="The Heron")).to_be_visible()
    page.goto("/admin/settings/changes/")
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.get_by_text("Name: “Samenspraak” from now on.")).to_be_visible()


def test_a_bad_value_is_told_where_it_was_typed(page: Page, chief: User, sign_in: SignIn) -> None:
    sign_in(page, chief)
    page.goto("/admin/settings/lists/")
    field = page.get_by_label("Posts on a page")
    field.fill("500")
    page.get_by_label("Lists show").select_option("whole")
    page.get_by_role("button", name="Save").click()
    expect(field).to_have_value("500")
    expect(field).to_have_accessible_description("Ensure this value is less than or equal to 50.")
    expect(page.get_by_label("Lists show")).to_have_value("whole")
