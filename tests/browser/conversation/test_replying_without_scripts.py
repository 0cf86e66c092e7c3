"""A guest replies in a browser that runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.browser.conftest import MakeReply, OpenBrowser
from tests.conftest import MakePost

TEXT = "I saw *two* of them."


@pytest.fixture
def page(new_context: OpenBrowser) -> Page:
    return new_context(java_script_enabled=False).new_page()


def test_a_guest_replies_from_the_post_to_the_confirmation(page: Page, make_post: MakePost) -> None:
    post = make_post("Herons in town")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Write the first reply").click()
    page.get_by_label("Your reply").fill(TEXT)
    page.get_by_label("Name", exact=True).fill("Mina")
    page.get_by_label("E-mail address").fill("mina@example.org")
    page.get_by_role("button", name="Send reply").click()
    reply = Comment.objects.get()
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#comment-{reply.pk}")
    shown = page.locator(f"#comment-{reply.pk}")
    expect(shown).to_contain_text("I saw two of them.")
    expect(shown).to_contain_text("waits for a moderator")
    expect(shown).to_be_in_viewport()


def test_an_error_stands_at_its_field_and_costs_nothing_typed(
    page: Page, make_post: MakePost
) -> None:
    page.goto(make_post().get_absolute_url())
    page.get_by_role("link", name="Write the first reply").click()
    fill_in(page, email="mina at example")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("E-mail address")).to_have_accessible_description(
        "It is never shown. Enter a valid email address."
    )
    expect_all_typed(page, email="mina at example")
    page.get_by_label("E-mail address").fill("mina@example.org")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()


def test_a_preview_shows_the_reply_and_keeps_the_form(page: Page, make_post: MakePost) -> None:
    page.goto(make_post().get_absolute_url())
    page.get_by_role("link", name="Write the first reply").click()
    fill_in(page, email="mina@example.org")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("em")).to_have_text("two")
    expect_all_typed(page, email="mina@example.org")
    assert not Comment.objects.exists()


def test_the_form_shows_the_reply_it_answers(
    page: Page, make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post()
    answered = make_reply(post, "Which ones?", name="Wim")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Wim").click()
    expect(page.get_by_role("figure")).to_contain_text("Which ones?")
    fill_in(page, email="mina@example.org")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    assert Comment.objects.get(name="Mina").parent == answered


def fill_in(page: Page, *, email: str) -> None:
    page.get_by_label("Your reply").fill(TEXT)
    page.get_by_label("Name", exact=True).fill("Mina")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Website").fill("mina.example.org")
    page.get_by_label("Remember my name").check()


def expect_all_typed(page: Page, *, email: str) -> None:
    expect(page.get_by_label("Your reply")).to_have_value(TEXT)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Mina")
    expect(page.get_by_label("E-mail address")).to_have_value(email)
    expect(page.get_by_label("Website")).to_have_value("mina.example.org")
    expect(page.get_by_label("Remember my name")).to_be_checked()
