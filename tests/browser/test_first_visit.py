"""What a phone fetches on its first visit, of files as they are collected for production."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, ViewportSize, expect

from accounts.models import Author
from accounts.portraits import cut_portrait, store_portrait
from blog.models import Post
from config.start.demo_site import load_demo_site
from config.start.static_files import collect_static_files
from tests.browser.conftest import MakeReply, OpenBrowser
from tests.browser.watch import Watch
from tests.conftest import MakePost
from tests.pictures.samples import encoded, photo

PHONE = ViewportSize(width=412, height=823)
MOST_REQUESTS = 8
# The narrowest, a phone, and either side of where the layout changes.
WIDTHS = (320, 412, 611, 612, 767, 768, 993, 994, 1007, 1008, 1600)
ROMAN, ITALIC = "parley-roman", "parley-italic"
LONG = "Nobody had asked the herons what they thought of the new bridge over the canal. " * 12
# Of letters that are narrower or wider in one face than in another.
NARROW, WIDE = "Still, little Willi illicitly fills tills. ", "Warm women swam among mammoths. "
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
UNTIL_PAINTED = """
() => new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }))
    .then(() => null)
"""
# Two frames, and the turn in which observers are told of them.
UNTIL_PAINTED_AGAIN = """
() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
"""

Visit = Callable[..., list[Request]]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("collected")


@pytest.fixture(autouse=True)
def collected_site(settings: Any, collected: Path, transactional_db: None) -> None:
    settings.STATIC_ROOT = collected
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "config.static.StaticFiles"}
    }
    if not any(collected.iterdir()):
        collect_static_files()


@pytest.fixture
def page(new_context: OpenBrowser, collected: Path) -> Page:
    """A phone; what it asks of the static files comes from the folder of the collected ones."""

    def send(route: Route) -> None:
        route.fulfill(path=collected / urlsplit(route.request.url).path.removeprefix("/static/"))

    page = new_context(viewport=PHONE).new_page()
    page.add_init_script(SHIFTS)
    page.route("**/static/**", send)
    return page


@pytest.fixture
def visit(page: Page, watch: Watch) -> Visit:
    """visit(address) -> what was fetched for a page, down to its foot."""

    def open_and_scroll(address: str) -> list[Request]:
        before = len(watch.requests)
        page.goto(address)
        page.locator("footer.footer").scroll_into_view_if_needed()
        page.evaluate("document.fonts.ready")
        page.wait_for_load_state("networkidle")
        return watch.requests[before:]

    return open_and_scroll


@pytest.fixture
def author(make_author: Callable[..., Author]) -> Author:
    return make_author("Ada Okafor", portrait=store_portrait(cut_portrait(encoded(photo()))))


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply, author: Author) -> Post:
    post = make_post("Herons in town", body=f"{LONG}\n\n{LONG}", authors=[author])
    wim = make_reply(post, "Which ones?", name="Wim")
    make_reply(post, "All of them.", name="Zoe", parent=wim)
    return post


def of_kind(requests: list[Request], kind: str) -> list[str]:
    """Return the names of the files of a kind that were fetched, without their hashes."""
    paths = [Path(urlsplit(each.url).path) for each in requests if each.resource_type == kind]
    return [re.sub(r"\.[0-9a-f]{12}$", "", path.stem) for path in paths]


def test_a_post_is_a_page_a_sheet_a_script_a_font_and_a_portrait(visit: Visit, post: Post) -> None:
    fetched = visit(post.get_absolute_url())
    assert of_kind(fetched, "script") == ["conversation"]
    assert of_kind(fetched, "stylesheet") == ["site"]
    assert of_kind(fetched, "font") == [ROMAN]
    (portrait,) = of_kind(fetched, "image")
    assert portrait.endswith("-128")
    assert len(fetched) <= MOST_REQUESTS


def test_the_italic_comes_where_a_text_has_one(
    visit: Visit, make_post: MakePost, author: Author
) -> None:
    post = make_post("Herons at sea", body=f"*Really*. {LONG}", authors=[author])
    fetched = visit(post.get_absolute_url())
    assert sorted(of_kind(fetched, "font")) == [ITALIC, ROMAN]
    assert len(fetched) <= MOST_REQUESTS


def test_letters_of_other_languages_come_where_a_text_has_them(
    visit: Visit, make_post: MakePost
) -> None:
    fonts = of_kind(visit(make_post("Søren in Łódź").get_absolute_url()), "font")
    assert sorted(fonts) == [ROMAN, f"{ROMAN}-ext", f"{ROMAN}-more"]


def test_the_front_page_of_the_demo_site_is_light(visit: Visit) -> None:
    load_demo_site()
    fetched = visit("/")
    assert of_kind(fetched, "script") == []
    assert of_kind(fetched, "font") == [ROMAN]
    assert len(fetched) <= MOST_REQUESTS


def test_nothing_moves_when_a_font_is_late(page: Page, make_post: MakePost) -> None:
    paragraphs = [words * number for number in range(1, 6) for words in (NARROW, WIDE)]
    post = make_post("Still", body="\n\n".join(paragraphs))
    page.set_viewport_size({"width": 412, "height": 3000})  # what moves out of sight is not counted
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/fonts/**", hold)
    page.goto(post.get_absolute_url(), wait_until="commit")
    page.evaluate(UNTIL_PAINTED)
    assert late
    for route in late:
        route.fallback()
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.evaluate(UNTIL_PAINTED_AGAIN)
    assert page.evaluate("window.shifted") == 0


def test_bold_italics_are_bold_while_the_fonts_are_late(page: Page, make_post: MakePost) -> None:
    post = make_post("Still", body="*Nobody asked the herons*\n\n***Nobody asked the herons***")
    page.route("**/parley-italic*", lambda route: None)
    page.goto(post.get_absolute_url(), wait_until="commit")
    page.evaluate(UNTIL_PAINTED)
    width = "(text) => text.getBoundingClientRect().width"
    plain, bold = (text.evaluate(width) for text in page.locator(".prose em").all())
    assert bold > plain + 1


def test_pictures_are_as_wide_as_their_sizes_say(page: Page) -> None:
    load_demo_site()
    addresses = "/", "/2010/01/na-het-speelkwartier-social-business/"
    for address, width in product(addresses, WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        for picture in page.locator("img[sizes]").all():
            picture.scroll_into_view_if_needed()
            # Of a picture that is chosen by `sizes`, this is the width that they say.
            said, shown = picture.evaluate(
                "async (img) => (await img.decode(), [img.naturalWidth, img.clientWidth])"
            )
            assert abs(said - shown) <= 2, (address, width, said, shown)


def test_the_joined_script_does_what_its_modules_do(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Wim").click()
    expect(page.locator(".reply-slot").get_by_label("Your reply")).to_be_visible()
    page.get_by_role("button", name="Thanks to Wim").click()
    expect(page.locator(".thanks").first).to_have_attribute("aria-pressed", "true")
    fold = page.locator("[data-fold]").first
    fold.click()
    expect(page.get_by_text("All of them.")).to_be_hidden()
    page.get_by_role("link", name="Report").last.click()
    expect(page.locator(".report-form")).to_be_visible()
