"""A reader on a phone, without scripts: gives themselves a face, and takes it away with the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, ViewportSize, expect

from accounts.models import User
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor as WritingVisitor
from moderation.deciding import decide
from tests.browser.conftest import OpenBrowser, SignIn
from tests.browser.layout import too_wide
from tests.browser.looks import Visitor
from tests.conftest import MakePost, MakeUser
from tests.pictures.samples import encoded, photo

PHONE = ViewportSize(width=360, height=740)
URL = "/accounts/profile/"
PHOTO: FilePayload = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": encoded(photo())}
DIARY: FilePayload = {"name": "me.png", "mimeType": "image/png", "buffer": b"Dear diary,"}


@pytest.fixture
def mina(make_user: MakeUser) -> User:
    return make_user("mina")


@pytest.fixture
def reply(make_post: MakePost, mina: User) -> Comment:
    post = make_post("Herons in town")
    comment = post_comment(
        post=post, body="Two of them.", language="en", visitor=WritingVisitor(user=mina)
    )
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    return comment


@pytest.fixture
def page(new_context: OpenBrowser, mina: User, sign_in: SignIn) -> Page:
    page = new_context(java_script_enabled=False, viewport=PHONE, color_scheme="dark").new_page()
    sign_in(page, mina)
    return page


def test_a_portrait_is_given_and_taken_away(page: Page, reply: Comment) -> None:
    page.goto(reply.post.get_absolute_url())
    beside = page.locator(f"#comment-{reply.pk} .avatar")
    expect(beside).to_have_js_property("tagName", "svg")
    page.get_by_role("link", name="Profile").click()
    page.get_by_label("Portrait").set_input_files(PHOTO)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Your profile is saved.")
    expect(portrait_on(page)).to_have_js_property("naturalWidth", 480)
    assert too_wide(page) == []
    page.goto(reply.post.get_absolute_url())
    expect(beside).to_have_js_property("naturalWidth", 128)
    page.goto(URL)
    page.get_by_label("Name to show").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Take the portrait away")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Portrait (optional)")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your profile is saved.")
    expect(portrait_on(page)).to_have_count(0)
    page.goto(reply.post.get_absolute_url())
    expect(beside).to_have_js_property("tagName", "svg")


def test_what_is_wrong_is_told_at_the_field_to_everybody(
    new_context: OpenBrowser, mina: User, sign_in: SignIn
) -> None:
    page = new_context(viewport=PHONE).new_page()
    sign_in(page, mina)
    page.goto(URL)
    page.get_by_label("Portrait").set_input_files(PHOTO)
    page.get_by_role("button", name="Save").click()
    assert Visitor(page).faults_of({"profile": URL}) == ""
    page.get_by_label("Portrait (optional)").set_input_files(DIARY)
    page.get_by_role("button", name="Save").click()
    picker = page.get_by_label("Portrait (optional)")
    expect(picker).to_have_accessible_description(re.compile("This is not a picture we can read"))
    expect(portrait_on(page)).to_be_visible()
    assert too_wide(page) == []


def portrait_on(page: Page) -> Locator:
    return page.get_by_alt_text("The portrait as it is now")
