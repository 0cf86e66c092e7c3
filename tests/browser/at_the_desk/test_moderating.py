"""A moderator clears the queue, and readers see what came of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from moderation.models import Decision
from tests.browser.conftest import MakeReply, OpenBrowser, SignIn
from tests.conftest import MakePost
from tests.moderators import QUEUE


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply) -> Post:
    """A post with four replies that wait, the oldest first."""
    post = make_post("Herons in town")
    for name in ("Wim", "Zoe", "Kim", "Pat"):
        make_reply(post, f"{name} was here.", name=name, status=Status.PENDING)
    return post


@pytest.fixture
def page(page: Page, mo: User, sign_in: SignIn) -> Page:
    sign_in(page, mo)
    return page


def test_a_moderator_clears_the_queue_one_by_one_and_in_bulk(
    page: Page, post: Post, new_context: OpenBrowser
) -> None:
    page.goto("/admin/")
    page.get_by_role("main").get_by_role("link", name="Replies").click()
    expect(page.locator(".queue-writer strong")).to_have_text(["Wim", "Zoe", "Kim", "Pat"])
    waiting(page, "Wim").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("1 reply is now: approved.")).to_be_visible()
    waiting(page, "Zoe").get_by_role("button", name="Spam").click()
    expect(page.get_by_text("1 reply is now: spam.")).to_be_visible()
    expect(page.locator(".queue-writer strong")).to_have_text(["Kim", "Pat"])
    for name in ("Kim", "Pat"):
        page.get_by_label(f"Select the reply of {name}").check()
    page.get_by_label("Decision").select_option("approve_selected")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("2 replies are now: approved.")).to_be_visible()
    expect(page.locator(".queue-card")).to_have_count(0)
    reader = new_context().new_page()
    reader.goto(post.get_absolute_url())
    expect(reader.get_by_role("heading", name="3 replies")).to_be_visible()
    expect(reader.locator(".reply-by bdi")).to_have_text(["Wim", "Kim", "Pat"])
    assert set(Decision.objects.exclude(by=None).values_list("by__username", flat=True)) == {"mo"}


def test_a_removed_reply_with_an_answer_leaves_its_place_marked(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    answered = make_reply(post, "Rude words.", name="Rob")
    make_reply(post, "Be kind.", name="Ann", parent=answered)
    page.goto(f"{QUEUE}{answered.pk}/change/")
    page.get_by_label("Note for the log").fill("Rude.")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("1 reply is now: removed.")).to_be_visible()
    expect(page.get_by_role("cell", name="Rude.", exact=True)).to_be_visible()
    page.goto(post.get_absolute_url())
    expect(page.locator(f"#comment-{answered.pk}")).to_contain_text("removed by a moderator")
    expect(page.locator(".reply-body")).to_have_text(["Be kind."])


def test_of_two_moderators_the_first_decides(page: Page, post: Post) -> None:
    page.goto(QUEUE)
    second = page.context.new_page()
    second.goto(QUEUE)
    waiting(page, "Wim").get_by_role("button", name="Spam").click()
    expect(page.get_by_text("1 reply is now: spam.")).to_be_visible()
    waiting(second, "Wim").get_by_role("button", name="Approve").click()
    told = second.get_by_role("status")
    expect(told).to_contain_text("there is a decision already, spam (mo, ")
    expect(waiting(second, "Wim").locator(".queue-status")).to_have_text("spam")
    assert Comment.objects.get(name="Wim").status == Status.SPAM


def waiting(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Reply of {name}")
