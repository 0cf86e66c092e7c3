"""A guest replies without leaving the page, in a browser that runs scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from blog.models import Post
from comments.models import Comment
from tests.browser.conftest import MakeReply
from tests.browser.watch import Watch
from tests.conftest import MakePost


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Herons in town")


@pytest.fixture
def answered(page: Page, post: Post, make_reply: MakeReply) -> Locator:
    """The page of the post stands open, and this is the first of its two replies."""
    reply = make_reply(post, "Which ones?", name="Wim")
    make_reply(post, "All of them.", name="Zoe")
    page.goto(post.get_absolute_url())
    return page.locator(f"#comment-{reply.pk}")


def test_the_form_opens_under_the_reply_and_the_answer_appears_there(
    page: Page, answered: Locator
) -> None:
    before = page.url
    answered.get_by_role("link", name="Reply to Wim").click()
    expect(answered.get_by_label("Your reply")).to_be_focused()
    expect(page).to_have_url(before)
    fill_in(answered)
    answered.get_by_role("button", name="Send reply").click()
    expect(page).to_have_url(re.compile(r"#comment-\d+$"))
    reply = Comment.objects.get(name="Mina")
    shown = page.locator(f"#comment-{reply.pk}")
    expect(shown).to_contain_text("waits for a moderator")
    expect(shown).to_be_in_viewport()
    expect(page.locator(".reply > .reply-head .reply-by bdi")).to_have_text(["Wim", "Mina", "Zoe"])
    assert reply.parent
    assert reply.parent.name == "Wim"


def test_the_last_invitation_opens_the_form_too(page: Page, answered: Locator) -> None:
    page.get_by_role("link", name="Join the conversation").click()
    form = page.locator(".reply-slot")
    fill_in(form)
    form.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    assert Comment.objects.get(name="Mina").parent is None


def test_a_preview_appears_above_the_form_in_its_place(page: Page, answered: Locator) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    answered.get_by_role("button", name="Preview").click()
    preview = answered.get_by_role("region", name="Preview")
    expect(preview.locator("em")).to_have_text("two")
    expect(preview.get_by_role("heading")).to_be_focused()
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    answered.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()


def test_an_error_stands_at_its_field_in_the_open_form(page: Page, answered: Locator) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered, email="mina at example")
    answered.get_by_role("button", name="Send reply").click()
    expect(answered.get_by_label("E-mail address")).to_be_focused()
    expect(answered.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    expect(answered.get_by_label("Name", exact=True)).to_have_value("Mina")


def test_cancelling_closes_the_form_and_returns_the_focus(page: Page, answered: Locator) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    answered.get_by_role("link", name="Cancel").click()
    expect(page.locator(".reply-slot")).to_have_count(0)
    expect(answered.get_by_role("link", name="Reply to Wim")).to_be_focused()


def test_what_was_typed_moves_along_to_another_reply(page: Page, answered: Locator) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    page.get_by_role("link", name="Reply to Zoe").click()
    other = page.locator(".reply", has_text="All of them.")
    expect(other.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    expect(page.locator(".reply-slot")).to_have_count(1)


def test_a_text_left_half_written_is_there_again_until_it_is_sent(
    page: Page, answered: Locator
) -> None:
    text = answered.get_by_label("Your reply")
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    answered.get_by_role("link", name="Cancel").click()
    page.reload()
    answered.get_by_role("link", name="Reply to Wim").click()
    expect(text).to_have_value("I saw *two* of them.")
    fill_in(answered)
    answered.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    answered.get_by_role("link", name="Reply to Wim").click()
    expect(text).to_have_value("")


def test_a_double_click_sends_one_reply_by_one_request(
    page: Page, answered: Locator, watch: Watch
) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    answered.get_by_role("button", name="Send reply").dblclick()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    assert len([request for request in watch.requests if request.method == "POST"]) == 1
    assert Comment.objects.filter(name="Mina").count() == 1


def test_a_lost_connection_is_told_and_the_text_stays(
    page: Page, answered: Locator, watch: Watch
) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    page.context.set_offline(True)
    answered.get_by_role("button", name="Send reply").click()
    expect(answered.get_by_role("alert")).to_contain_text("did not get through")
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    page.context.set_offline(False)
    answered.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    lost = "console: Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
    assert watch.faults.pop() == lost


def test_another_servers_answer_is_told_and_the_text_stays(
    page: Page, answered: Locator, watch: Watch
) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    page.route("**/reply/**", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    answered.get_by_role("button", name="Send reply").click()
    expect(answered.get_by_role("alert")).to_contain_text("did not get through")
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    page.get_by_role("link", name="Reply to Zoe").click()
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    assert {fault[:4] for fault in watch.faults} == {"502:"}
    watch.faults.clear()


def test_without_cookies_the_reason_is_told_and_the_text_stays(
    page: Page, answered: Locator
) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    page.context.clear_cookies()
    answered.get_by_role("button", name="Send reply").click()
    expect(answered.get_by_role("alert")).to_contain_text("Allow cookies for this site")
    expect(answered.get_by_label("Your reply")).to_have_value("I saw *two* of them.")
    assert not Comment.objects.filter(name="Mina").exists()


def test_what_is_typed_while_a_preview_is_made_stays(page: Page, answered: Locator) -> None:
    answered.get_by_role("link", name="Reply to Wim").click()
    fill_in(answered)
    text = answered.get_by_label("Your reply")
    held: list[Route] = []
    page.route("**/reply/**", lambda route: held.append(route))  # noqa: PLW0108 - needs a function
    answered.get_by_role("button", name="Preview").click()
    expect(answered.locator("form")).to_have_attribute("aria-busy", "true")
    text.press_sequentially(" And more.")
    held[0].continue_()
    expect(answered.get_by_role("heading", name="Preview")).to_be_visible()
    expect(text).to_have_value("I saw *two* of them. And more.")


def fill_in(form: Locator, *, email: str = "mina@example.org") -> None:
    form.get_by_label("Your reply").fill("I saw *two* of them.")
    form.get_by_label("Name", exact=True).fill("Mina")
    form.get_by_label("E-mail address").fill(email)
