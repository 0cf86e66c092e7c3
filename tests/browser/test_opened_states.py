"""What opens on a page while it is used breaks no rule either, and fits the narrowest screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs import leading as conversation
from comments.verbs.posting import post_comment
from comments.visitor import Visitor as ReplyingVisitor
from tests.browser.conftest import MakeReply, SignIn
from tests.browser.conversation.guests import send_as_mina
from tests.browser.looks import Visitor
from tests.conftest import MakePost, MakeUser
from tests.moderators import QUEUE

# An open page looks for new replies when its tab comes to the front.
COME_BACK = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def visitor(page: Page) -> Visitor:
    return Visitor(page)


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply, ada: User) -> Post:
    """A post of Ada's, with Wim's reply, and Zoe's pinned above it."""
    post = make_post("Herons in town", authors=[Author.objects.get(user=ada)])
    make_reply(post, "Which ones?", name="Wim")
    conversation.pin(comment=make_reply(post, "All of them.", name="Zoe"))
    return post


def of(page: Page, name: str) -> Locator:
    return page.locator(".reply").filter(has=page.locator("bdi", has_text=name))


def test_a_thread_with_everything_open_in_it(
    visitor: Visitor, page: Page, post: Post, make_reply: MakeReply
) -> None:
    visitor.open(f"{post.get_absolute_url()}reply/")
    page.get_by_label("Your reply").fill("I saw *two* of them.")
    send_as_mina(page)
    expect(of(page, "Mina").locator("[data-left]")).to_contain_text("minutes")
    expect(page.locator(".pinned")).to_contain_text("All of them.")
    of(page, "Wim").get_by_role("link", name="Report the reply of Wim").click()
    expect(page.locator(".report-form")).to_be_visible()
    of(page, "Zoe").get_by_role("link", name="Reply to Zoe").click()
    expect(page.locator(".reply-slot .reply-form")).to_be_visible()
    make_reply(post, "By the lock.", name="Kim")
    page.evaluate(COME_BACK)
    expect(page.get_by_role("button", name="1 new reply: show it")).to_be_visible()
    assert visitor.look() == []


def test_a_thread_as_its_author_leads_it(
    visitor: Visitor, page: Page, post: Post, ada: User, sign_in: SignIn
) -> None:
    post_comment(post=post, body="So did I.", language="en", visitor=ReplyingVisitor(user=ada))
    sign_in(page, ada)
    visitor.open(post.get_absolute_url())
    expect(page.get_by_role("form", name="Leading the conversation")).to_be_visible()
    expect(of(page, "Wim").get_by_role("button", name="Pin")).to_be_visible()
    expect(of(page, "ada").get_by_role("link", name="Delete")).to_be_visible()
    assert visitor.look() == []


@pytest.fixture
def queue(
    visitor: Visitor,
    page: Page,
    post: Post,
    make_reply: MakeReply,
    mo: User,
    sign_in: SignIn,
) -> Page:
    make_reply(post, "I wait.", name="Pat", status=Status.PENDING)
    sign_in(page, mo)
    visitor.open(QUEUE)
    return page


def test_the_queue_with_an_answer_begun_and_its_keys_shown(visitor: Visitor, queue: Page) -> None:
    queue.keyboard.press("j")
    queue.keyboard.press("e")
    expect(queue.get_by_role("textbox", name="Your answer")).to_be_focused()
    assert visitor.look() == []
    queue.get_by_role("button", name="Keys").click()
    expect(queue.get_by_role("dialog", name="Keys")).to_be_visible()
    assert visitor.look() == []


def test_what_a_rule_would_have_caught(visitor: Visitor, queue: Page) -> None:
    pat = Comment.objects.get(name="Pat")
    visitor.open(f"/admin/comments/rule/add/?reply={pat.pk}")
    queue.get_by_role("button", name="See what it would have caught").click()
    expect(queue.get_by_role("heading", name="this would have caught 1 reply")).to_be_visible()
    assert visitor.look() == []
