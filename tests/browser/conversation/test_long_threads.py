"""A reader in a conversation of more than one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post
from comments.models import Comment
from tests.browser.conftest import MakeReply, OpenBrowser
from tests.browser.conversation.threads import fill
from tests.conftest import MakePost

PRIVACY = Path(__file__).resolve().parents[3] / "docs" / "privacy.md"
NOTE_NAMES = """
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, value) {
    noteName(name);
    setItem.call(this, name, value);
  };
"""


@pytest.fixture
def post(make_post: MakePost) -> Post:
    """A post with 240 replies: three pages, the last one of 40."""
    post = make_post("Herons in town")
    fill(post, 240)
    return post


@pytest.fixture
def late(post: Post) -> Comment:
    """A reply in the midst of the last page."""
    return post.comments.get(body="Number 217.")


def test_a_reader_turns_the_pages_of_a_thread(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    thread = page.get_by_role("region", name="240 replies")
    expect(thread.locator(".reply")).to_have_count(100)
    thread.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile(r"\?thread=2#replies$"))
    expect(thread.locator(".reply").first).to_contain_text("Number 100.")
    expect(thread.get_by_role("heading", name="240 replies")).to_be_in_viewport()
    thread.get_by_role("link", name="Next page").click()
    expect(thread.locator(".reply")).to_have_count(40)
    expect(thread.get_by_role("link", name="Next page")).to_have_count(0)
    thread.get_by_role("link", name="Previous page").click()
    expect(thread.locator(".reply").first).to_contain_text("Number 100.")


def test_a_permalink_leads_to_the_reply_on_its_page(
    new_context: OpenBrowser, late: Comment
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/comments/{late.pk}/")
    expect(page).to_have_url(re.compile(rf"\?thread=3#comment-{late.pk}$"))
    expect(page.locator(f"#comment-{late.pk}")).to_be_in_viewport()


def test_the_address_of_a_reply_on_another_page_leads_there(
    page: Page, post: Post, late: Comment
) -> None:
    page.goto(f"{post.get_absolute_url()}#comment-{late.pk}")
    expect(page).to_have_url(re.compile(rf"\?thread=3#comment-{late.pk}$"))
    expect(page.locator(f"#comment-{late.pk}")).to_be_in_viewport()


def test_the_address_of_a_reply_that_is_nowhere_shows_the_post(page: Page, post: Post) -> None:
    with page.expect_response("**/comments/999999/") as asked:
        page.goto(f"{post.get_absolute_url()}#comment-999999")
    assert asked.value.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Herons in town")


def test_an_answer_on_a_late_page_appears_where_it_was_written(page: Page, late: Comment) -> None:
    page.goto(f"/comments/{late.pk}/")
    reply = page.locator(f"#comment-{late.pk}")
    reply.get_by_role("link", name=f"Reply to {late.name}").click()
    reply.get_by_label("Your reply").fill("I was here as well.")
    reply.get_by_label("Name", exact=True).fill("Mina")
    reply.get_by_label("E-mail address").fill("mina@example.org")
    reply.get_by_role("button", name="Send reply").click()
    expect(page).to_have_url(re.compile(r"\?thread=3#comment-\d+$"))
    expect(page.get_by_text("waits for a moderator")).to_be_in_viewport()


def test_what_scripts_keep_in_the_browser_is_named_in_the_page_about_privacy(
    page: Page, post: Post, late: Comment, make_reply: MakeReply
) -> None:
    """A reader folds a branch away, begins a reply, and looks for one that is on another page."""
    first = post.comments.get(body="Number 0.")
    make_reply(post, "An answer.", parent=first)
    kept: set[str] = set()

    def note(name: str) -> None:
        kept.add(name)

    page.expose_function("noteName", note)
    page.add_init_script(NOTE_NAMES)
    page.goto(post.get_absolute_url())
    page.locator(f"#comment-{first.pk}").get_by_role("link", name="1 answer").click()
    page.get_by_role("link", name="Join the conversation").click()
    page.get_by_label("Your reply").fill("I think")
    page.goto("/")
    page.goto(f"{post.get_absolute_url()}#comment-{late.pk}")
    expect(page.locator(f"#comment-{late.pk}")).to_be_in_viewport()
    told = re.findall(r"^\| `(\w+)`.* \| `\w+Storage`", PRIVACY.read_text(), re.MULTILINE)
    assert {name.split()[0] for name in kept} == set(told)
