"""Reading and replying by the keyboard alone, the focus in sight at every stop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import ElementHandle, Locator, Page, expect

from blog.models import Post
from comments.models import Comment
from tests.browser.conftest import MakeReply
from tests.conftest import MakePost

MOST_STOPS = 150
IS_SEEN = """element => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
    && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply) -> Post:
    post = make_post("Herons in town", tags=["birds"], body="See [the list](/about/).\n\n    code")
    make_reply(post, "Which ones?", name="Wim")
    make_post("An older piece", tags=["birds"])
    return post


def test_the_first_stop_skips_to_the_text(page: Page, post: Post) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_every_link_and_button_is_a_stop_and_shows_it(
    page: Page, post: Post, color_scheme: str
) -> None:
    page.emulate_media(color_scheme=color_scheme)  # type: ignore[arg-type]
    for address in ("/", post.get_absolute_url(), f"{post.get_absolute_url()}reply/"):
        page.goto(address)
        controls = page.locator("a[href], button, textarea, input:not([type=hidden])")
        wanted = controls.filter(visible=True).count()
        stops = 0
        for stop in tab_stops(page):
            assert stop.evaluate(IS_SEEN), f"{address}: no focus to be seen on {stop.inner_text()}"
            stops += 1
        assert stops >= wanted, address


def test_a_reader_comes_from_the_home_page_to_a_sent_reply(page: Page, post: Post) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Herons in town", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herons in town")
    tab_to(page, page.get_by_role("link", name="Reply to Wim"))
    page.keyboard.press("Enter")
    form = page.locator(".reply-slot")
    expect(form.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("The grey ones.")
    tab_to(page, form.get_by_label("Name", exact=True))
    page.keyboard.type("Mina")
    tab_to(page, form.get_by_label("E-mail address"))
    page.keyboard.type("mina@example.org")
    tab_to(page, form.get_by_role("button", name="Send reply"))
    page.keyboard.press("Space")
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    assert Comment.objects.get(name="Mina").body == "The grey ones."


def test_a_form_is_cancelled_and_one_is_where_one_was(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    reply = page.get_by_role("link", name="Reply to Wim")
    tab_to(page, reply)
    page.keyboard.press("Enter")
    expect(page.locator(".reply-slot").get_by_label("Your reply")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Cancel"))
    page.keyboard.press("Enter")
    expect(reply).to_be_focused()


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses the tab key until the focus is there, and sees to it that it shows."""
    target = wanted.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(IS_SEEN), "the focus cannot be seen"
            return
    raise AssertionError(f"the tab key does not lead to {wanted}")


def tab_stops(page: Page) -> Iterator[ElementHandle]:
    """Every stop of the tab key, from the top of the page until it leaves the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate_handle("document.activeElement").as_element()
        if stop is None or stop.evaluate("element => element === document.body"):
            return
        yield stop
    raise AssertionError("the tab key goes round and round")
