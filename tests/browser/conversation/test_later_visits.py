"""A reader comes back to an article that nobody had replied to."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeReply
from tests.conftest import MakePost

HOUR = 60 * 60 * 1000


def test_replies_under_an_article_that_had_none_are_new_at_a_later_visit(
    page: Page, make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post("Herons in town")
    page.clock.install()
    page.goto(post.get_absolute_url())
    page.clock.fast_forward(HOUR)
    page.goto(post.get_absolute_url())
    expect(page.locator(".new-replies")).to_be_hidden()
    make_reply(post, "The first!", name="Bo")
    make_reply(post, "The second.", name="Ria")
    page.clock.fast_forward(HOUR)
    page.goto(post.get_absolute_url())
    expect(page.get_by_text("2 new replies since your last visit")).to_be_visible()
    expect(page.locator(".reply:has(.new-mark) .reply-by bdi")).to_have_text(["Bo", "Ria"])
    page.clock.fast_forward(HOUR)
    page.goto(post.get_absolute_url())
    expect(page.locator(".new-mark")).to_have_count(0)
