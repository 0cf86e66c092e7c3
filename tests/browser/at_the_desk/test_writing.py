"""An author signs in, writes, and sees the post."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from images.models import Image
from tests.browser.at_the_desk import desk
from tests.browser.conftest import SignIn
from tests.conftest import MakeUser


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR, display_name="Ada Okafor")


def test_an_author_signs_in_writes_and_publishes_a_post_with_a_picture(
    page: Page, ada: User
) -> None:
    page.goto("/admin/blog/post/add/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.locator("input[name=login]").fill("ada@example.org")
    page.locator("input[name=password]").fill("correct horse")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/blog/post/add/"))
    page.get_by_label("Title").fill("Herons in town")
    body = page.locator("#id_body")
    body.fill("They came **early** this year.")
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("early")
    desk.drop(page, "heron.png", desk.picture())
    expect(page.get_by_role("status")).to_contain_text("The picture is in the text")
    page.keyboard.type("A heron on a lamp post")
    key = Image.objects.get().key
    written = f"They came **early** this year.\n\n![A heron on a lamp post](image:{key})\n\n"
    expect(body).to_have_value(written)
    figure = page.get_by_role("region", name="Preview").locator("figure img")
    expect(figure).to_have_attribute("alt", "A heron on a lamp post")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".state")).to_contain_text("ublished")
    page.goto("/")
    page.get_by_role("link", name="Herons in town", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herons in town")
    expect(page.get_by_role("article")).to_contain_text("They came early this year.")
    shown = page.get_by_role("figure").get_by_role("img", name="A heron on a lamp post")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 0


def test_the_preview_follows_the_language_of_the_post(
    page: Page, ada: User, sign_in: SignIn
) -> None:
    sign_in(page, ada)
    desk.open_empty_post(page).fill('"Ja"')
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_have_text("“Ja”")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Language").fill("de")
    expect(preview).to_have_text("„Ja“")


def test_a_post_that_cannot_be_published_comes_back_with_the_reason_and_the_text(
    page: Page, ada: User, sign_in: SignIn
) -> None:
    sign_in(page, ada)
    body = desk.open_empty_post(page)
    page.get_by_label("Title").fill("Herons in town")
    desk.drop(page, "heron.png", desk.picture())
    expect(page.get_by_role("status")).to_contain_text("The picture is in the text")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".errorlist")).to_contain_text("no alt text")
    expect(body).to_have_value(re.compile("image:"))
    expect(page.get_by_label("Title")).to_have_value("Herons in town")


def test_back_and_publish_again_makes_no_second_post(
    page: Page, ada: User, sign_in: SignIn
) -> None:
    sign_in(page, ada)
    desk.open_empty_post(page).fill("They came early.")
    page.get_by_label("Title").fill("Herons in town")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".state")).to_contain_text("ublished")
    page.go_back()
    page.get_by_label("Title").fill("Herons in town")
    page.locator("#id_body").fill("They came early.")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="open it").click()
    expect(page.locator(".state")).to_contain_text("ublished")
    assert Post.objects.count() == 1


def test_a_picture_that_arrives_takes_the_focus_from_nobody(
    page: Page, ada: User, sign_in: SignIn
) -> None:
    sign_in(page, ada)
    body = desk.open_empty_post(page)
    held: list[Route] = []
    page.route("**/images/upload/", lambda route: held.append(route))  # noqa: PLW0108 - needs a function
    desk.drop(page, "heron.png", desk.picture())
    expect(page.get_by_role("status")).to_contain_text("heron.png")
    title = page.get_by_label("Title")
    title.click()
    page.keyboard.type("Herons")
    held[0].continue_()
    expect(body).to_have_value(re.compile("image:"))
    expect(title).to_be_focused()
    page.keyboard.type(" in town")
    expect(title).to_have_value("Herons in town")
