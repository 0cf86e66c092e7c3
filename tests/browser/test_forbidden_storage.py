"""A browser that lets no page keep anything, as some are set to, shows and does all else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from tests.browser.conftest import MakeReply, SignIn
from tests.conftest import MakePost
from tests.moderators import QUEUE

FORBID = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}
"""
# Django's own scripts in the admin need what they keep, so there ours alone keep nothing.
FORBID_THE_DESK = """
for (const verb of ["getItem", "setItem"]) {
  const allowed = Storage.prototype[verb];
  Storage.prototype[verb] = function (name, ...more) {
    if (name.startsWith("desk-")) throw new DOMException("", "SecurityError");
    return allowed.call(this, name, ...more);
  };
}
"""


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Herons in town")


@pytest.fixture
def wim(post: Post, make_reply: MakeReply) -> Comment:
    wim = make_reply(post, "Which ones?", name="Wim")
    make_reply(post, "All of them.", name="Zoe", parent=wim)
    return wim


def test_branches_fold_and_new_replies_are_shown(
    page: Page, post: Post, wim: Comment, make_reply: MakeReply
) -> None:
    page.add_init_script(FORBID)
    page.clock.install()
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="1 answer").click()
    expect(page.locator(".reply:visible .reply-by")).to_have_text(["Wim"])
    make_reply(post, "At the end.", name="Bo")
    page.clock.run_for(31_000)
    page.get_by_role("button", name="1 new reply: show it").click()
    expect(page.locator(".reply:visible .reply-by bdi")).to_have_text(["Wim", "Bo"])
    assert "fold" not in page.url


def test_the_address_of_a_reply_that_is_nowhere_shows_the_post(page: Page, post: Post) -> None:
    page.add_init_script(FORBID)
    with page.expect_response("**/comments/999999/"):
        page.goto(f"{post.get_absolute_url()}#comment-999999")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herons in town")


def test_the_desk_decides_by_keys_until_they_are_turned_off(
    page: Page, post: Post, make_reply: MakeReply, mo: User, sign_in: SignIn
) -> None:
    for name in ("Wim", "Zoe"):
        make_reply(post, f"{name} was here.", name=name, status=Status.PENDING)
    page.add_init_script(FORBID_THE_DESK)
    sign_in(page, mo)
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.type("Herons")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_text("1 reply is now: approved.")).to_be_visible()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Decide by single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
