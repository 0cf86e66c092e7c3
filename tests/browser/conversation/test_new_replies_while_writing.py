"""Whoever asks for the new replies with a text half written keeps it, whatever comes of asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.browser.conftest import MakeReply
from tests.browser.conversation.guests import send_as_mina
from tests.browser.conversation.threads import fill
from tests.conftest import MakePost

BAR = "1 new reply: show it"
THREAD = "**/replies/"
SOON = 31_000


@pytest.fixture
def post(make_post: MakePost) -> Post:
    """A post with two pages of replies."""
    post = make_post("Herons in town")
    fill(post, 101)
    return post


@pytest.fixture
def short(make_post: MakePost) -> Post:
    short = make_post("Gulls in town")
    fill(short, 1)
    return short


@pytest.fixture
def page(page: Page) -> Page:
    page.clock.install()
    return page


def start_writing(page: Page) -> Locator:
    """A reply is half written, and this is where."""
    page.get_by_role("link", name="Join the conversation").click()
    text = page.get_by_label("Your reply")
    text.fill("Half a thought")
    return text


def write_while_bo_replies(page: Page, post: Post, make_reply: MakeReply) -> Locator:
    page.goto(post.get_absolute_url())
    text = start_writing(page)
    make_reply(post, "At the end.", name="Bo")
    page.clock.run_for(SOON)
    return text


def send(page: Page) -> None:
    """A reply of Mina's, which then waits for a moderator."""
    start_writing(page)
    send_as_mina(page)
    expect(page.get_by_text("waits for a moderator")).to_be_visible()


def test_replies_on_another_page_are_led_to_by_a_link(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    text = write_while_bo_replies(page, post, make_reply)
    page.get_by_role("button", name=BAR).dblclick()
    link = page.get_by_text("On another page:").get_by_role("link", name="Newest first")
    expect(link).to_be_focused()
    status = page.get_by_role("status").filter(has_text="On another page: Newest first")
    expect(status).to_have_count(1)
    expect(page.get_by_role("button", name=BAR)).to_be_hidden()
    link.dispatch_event("click", {"detail": 2})
    expect(text).to_have_value("Half a thought")
    link.click()
    expect(page.locator(".reply").first).to_contain_text("At the end.")


def test_from_the_newest_an_old_one_approved_late_is_led_to(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    old = make_reply(post, "Long waited.", name="Bo", status=Status.PENDING)
    Comment.objects.filter(pk=old.pk).update(submitted_at=post.due_at - timedelta(seconds=1))
    page.goto(f"{post.get_absolute_url()}?sort=newest")
    decide(comments=[old], decision=Status.APPROVED, by=None)
    page.clock.run_for(SOON)
    page.get_by_role("button", name=BAR).click()
    page.get_by_text("On another page:").get_by_role("link", name="Next page").click()
    expect(page.locator(".reply").last).to_contain_text("Long waited.")


def test_what_cannot_be_fetched_is_told_of_and_can_be_asked_for_again(
    page: Page, short: Post, make_reply: MakeReply
) -> None:
    text = write_while_bo_replies(page, short, make_reply)
    page.route(THREAD, lambda route: route.fulfill(status=403, body="Some proxy's page"))
    page.get_by_role("button", name=BAR).click()
    again = page.get_by_role("button", name="That did not work.")
    expect(again).to_be_in_viewport()
    expect(page.get_by_role("status").filter(has_text="That did not work.")).to_have_count(1)
    page.unroute(THREAD)
    again.click()
    expect(page.locator(".reply").last).to_contain_text("At the end.")
    expect(text).to_have_value("Half a thought")


def test_a_double_click_asks_once(page: Page, short: Post, make_reply: MakeReply) -> None:
    text = write_while_bo_replies(page, short, make_reply)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name=BAR).dblclick()
    expect(page.locator(".reply").last).to_contain_text("At the end.")
    expect(text).to_have_value("Half a thought")
    assert len([address for address in asked if address.endswith("/replies/")]) == 1


def test_ones_own_reply_that_waited_appears_in_its_place(page: Page, short: Post) -> None:
    page.goto(short.get_absolute_url())
    send(page)
    decide(comments=Comment.objects.filter(name="Mina"), decision=Status.APPROVED, by=None)
    page.clock.run_for(SOON)
    page.get_by_role("button", name=BAR).click()
    expect(page.get_by_text("waits for a moderator")).to_have_count(0)
    expect(page.locator(".reply")).to_have_count(2)
    assert "sort" not in page.url
    expect(page.locator(".new-mark")).to_have_count(0)
    expect(page.locator(".newcomers")).to_be_hidden()


def test_what_folds_the_first_answer_to_ones_own_reply_stands_in_its_foot(
    page: Page, short: Post, make_reply: MakeReply
) -> None:
    page.goto(short.get_absolute_url())
    send(page)
    mina = Comment.objects.get(name="Mina")
    decide(comments=[mina], decision=Status.APPROVED, by=None)
    mina.refresh_from_db()
    page.reload()
    make_reply(short, "Welcome.", name="Bo", parent=mina)
    page.clock.run_for(SOON)
    page.get_by_role("button", name=BAR).click()
    reply = page.locator(f"#comment-{mina.pk}")
    expect(reply.locator(".own-foot")).to_contain_text("Change")
    expect(reply.locator(".reply-foot:not(.own-foot) .fold")).to_have_text("1 answer")
