"""Who leads a conversation does it by mailed links and by buttons, in a browser with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Conversation, Status
from tests.browser.conftest import MakeReply, OpenBrowser, SignIn
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, new_context: OpenBrowser) -> Page:
    return new_context(java_script_enabled=request.param).new_page()


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def post(make_post: MakePost, ada: User) -> Post:
    return make_post("Herons in town", authors=[Author.objects.get(user=ada)])


def test_a_moderator_decides_by_the_mailed_link_without_signing_in(
    page: Page,
    make_post: MakePost,
    make_reply: MakeReply,
    mo: User,
    mailbox: Mailbox,
    new_context: OpenBrowser,
) -> None:
    post = make_post("Herons in town")
    make_reply(post, "Which ones?", status=Status.PENDING)
    (mail,) = mailbox()
    assert mail["To"] == "mo@example.org"
    link = path_in(mail, "/comments/decide/")
    page.goto(link)
    expect(page.get_by_role("figure")).to_contain_text("Which ones?")
    expect(page.get_by_text("You decide as mo.")).to_be_visible()
    assert Comment.objects.get().status == "pending"
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_have_text("Done. The reply is now: approved.")
    page.goto(link)
    expect(
        page.get_by_text("This link was good for one decision, and has been used.")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    reader = new_context().new_page()
    reader.goto(post.get_absolute_url())
    expect(reader.locator(".reply-body")).to_have_text("Which ones?")


def test_an_author_pins_a_reply_and_unpins_it(
    page: Page, post: Post, ada: User, make_reply: MakeReply, sign_in: SignIn
) -> None:
    make_reply(post, "Which ones?", name="Wim")
    zoe = make_reply(post, "All of them.", name="Zoe")
    sign_in(page, ada)
    page.goto(post.get_absolute_url())
    pinned, row = page.locator(".pinned"), page.locator(f"#comment-{zoe.pk}")
    expect(pinned).to_have_count(0)
    row.get_by_role("button", name="Pin the reply of Zoe", exact=True).click()
    expect(pinned).to_contain_text("All of them.")
    expect(row).to_be_in_viewport()
    pinned.get_by_role("link", name="See it in its place").click()
    expect(row).to_be_in_viewport()
    row.get_by_role("button", name="Unpin the reply of Zoe").click()
    expect(pinned).to_have_count(0)
    assert Conversation.objects.get().pinned is None
