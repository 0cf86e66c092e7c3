"""A guest's life, by the pages and by mailed links: in a browser with scripts, and in one without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from blog.models import Post
from comments.models import Comment, Status
from following.models import Follow, Scope
from moderation.deciding import decide
from tests.browser.conftest import MakeReply, OpenBrowser
from tests.browser.conversation.guests import send_as_mina
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in

OpenMailed = Callable[[str], None]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, new_context: OpenBrowser) -> Page:
    return new_context(java_script_enabled=request.param).new_page()


@pytest.fixture
def open_mailed(page: Page, mailbox: Mailbox) -> OpenMailed:
    """open_mailed(begin): open the link that leads below `begin` in the one mail that arrived."""

    def open_link(begin: str) -> None:
        (mail,) = mailbox()
        page.goto(path_in(mail, begin))

    return open_link


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Herons in town")


def reply(page: Page, post: Post) -> Locator:
    """Send a reply as a guest, and see it in its place."""
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Write the first reply").click()
    page.get_by_label("Your reply").fill("I saw *two* of them.")
    send_as_mina(page)
    shown = page.locator(".reply")
    expect(shown).to_contain_text("I saw two of them.")
    return shown


def test_a_guest_changes_a_reply_and_deletes_it(page: Page, post: Post) -> None:
    shown = reply(page, post)
    decide(comments=Comment.objects.all(), decision=Status.APPROVED, by=None)
    page.reload()
    shown.get_by_role("link", name="Change").click()
    page.get_by_label("Your reply").fill("I saw *three*.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your reply is changed.")).to_be_visible()
    expect(shown.locator(".reply-body")).to_have_text("I saw three.")
    expect(shown.locator(".changed")).to_be_visible()
    shown.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("figure")).to_contain_text("I saw three.")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Your reply is deleted.")).to_be_visible()
    expect(shown).to_have_count(0)
    assert (Comment.objects.get().body, Comment.objects.get().email) == ("", "")


def test_a_guest_confirms_by_mail_and_others_see_the_reply(
    page: Page, make_post: MakePost, open_mailed: OpenMailed, new_context: OpenBrowser
) -> None:
    post = make_post("Herons in town", conversation={"policy": "confirmed"})
    reply(page, post)
    open_mailed("/comments/confirm/")
    assert Comment.objects.get().status == "pending"
    page.get_by_role("button", name="Yes, I wrote this").click()
    expect(page.get_by_text("Readers see it now.")).to_be_visible()
    reader = new_context().new_page()
    reader.goto(post.get_absolute_url())
    expect(reader.locator(".reply-body")).to_have_text("I saw two of them.")


def test_a_reader_follows_by_mail_and_stops(
    page: Page, post: Post, open_mailed: OpenMailed, make_reply: MakeReply
) -> None:
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Follow them by e-mail").click()
    page.get_by_label("E-mail address").fill("mina@example.org")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("A mail is on its way to you.")).to_be_visible()
    open_mailed("/comments/follow/")
    assert not Follow.objects.exclude(confirmed_at=None).exists()
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", name="You are told of replies")).to_be_visible()
    assert Follow.objects.exclude(confirmed_at=None).get().scope == Scope.EVERYTHING
    make_reply(post, "All of them.", name="Zoe")
    open_mailed("/comments/follow/")
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="You get no more mails")).to_be_visible()
    assert not Follow.objects.exists()


def test_a_guest_finds_everything_by_mail_and_erases_it(
    page: Page, post: Post, open_mailed: OpenMailed, make_reply: MakeReply
) -> None:
    mine = make_reply(post, "All of them.", name="Mina")
    make_reply(post, "Which ones?", name="Wim")
    page.goto("/comments/find/")
    page.get_by_label("E-mail address").fill("mina@example.org")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    open_mailed("/comments/mine/")
    expect(page.locator(".own-replies .reply-body")).to_have_text(["All of them."])
    page.get_by_role("link", name="Erase everything").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_text("1 reply is erased.")).to_be_visible()
    expect(page.get_by_text("There are none.")).to_be_visible()
    mine.refresh_from_db()
    assert (mine.status, mine.body, mine.email) == ("deleted", "", "")
    assert Comment.objects.exclude(body="").get().name == "Wim"
