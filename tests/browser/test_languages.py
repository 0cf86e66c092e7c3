"""A reader chooses the language of the pages; every article keeps its own."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.conftest import MakePost

LANGUAGES = {"nl": "Nederlands", "de": "Deutsch", "en": "English"}


def test_the_chosen_language_holds_and_the_article_keeps_its_own(
    page: Page, make_post: MakePost
) -> None:
    post = make_post("Reiher in der Stadt", language="de", body="Sie kamen früh.")
    for code, name in LANGUAGES.items():
        page.goto(post.get_absolute_url())
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-current", "true")
        page.reload()
        expect_language(page, code)
        expect(page.get_by_role("article")).to_have_attribute("lang", "de")
        page.goto("/")
        expect_language(page, code)
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.get_by_role("article")).to_have_attribute("lang", "de")


def test_the_language_is_chosen_without_scripts_and_leads_back_to_the_same_page(
    new_context: OpenBrowser, make_post: MakePost
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(make_post().get_absolute_url())
    before = page.url
    page.get_by_role("button", name="Deutsch").click()
    expect_language(page, "de")
    expect(page).to_have_url(before)


@pytest.mark.parametrize(("locale", "code"), [("de-AT", "de"), ("nl-BE", "nl"), ("fi-FI", "en")])
def test_the_browser_chooses_for_a_reader_who_did_not(
    new_context: OpenBrowser, transactional_db: None, locale: str, code: str
) -> None:
    page = new_context(locale=locale).new_page()
    page.goto("/")
    expect_language(page, code)


def expect_language(page: Page, code: str) -> None:
    """Of what surrounds a text: by its own word for it, and by one that the catalogue has."""
    skip = page.locator("a.skip")
    with translation.override(code):
        expect(skip).to_have_text(gettext("Skip to the text"))
    expect(skip).to_have_attribute("lang", code)
    expect(page.get_by_role("banner")).to_have_attribute("lang", code)
