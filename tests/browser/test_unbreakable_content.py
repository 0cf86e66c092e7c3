"""What is too wide for a narrow screen scrolls by itself or breaks; the page does neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from blog.models import Category, Post, Series
from tests.browser.conftest import MakeReply
from tests.browser.layout import too_wide
from tests.conftest import MakePost

WORD = "Donaudampfschifffahrt" * 9 + "sgesellschaft"
BODY = f"""
## {WORD}

{WORD} and **{WORD}**, and https://example.org/{WORD}

> {WORD}

- {WORD}

{WORD}
: {WORD}

| Year {"| Column " * 14}|
|{"---|" * 15}
| 2011 {f"| {WORD[:60]} " * 14}|

```python
{WORD.lower()} = {WORD.lower()!r}
```

    {WORD}

`{WORD}`[^1]

[^1]: {WORD}

## Two

## Three

## Four
"""


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply) -> Post:
    category = Category.objects.create(name=WORD[:90], slug="long", path="long")
    series = Series.objects.create(title=WORD[:90], slug="long")
    post = make_post(
        WORD[:190], body=BODY, summary=WORD, category=category, series=series, tags=[WORD[:90]]
    )
    reply = make_reply(post, f"{WORD}\n\n> {WORD}\n\n    {WORD}", name=WORD[:60])
    for _ in range(5):
        reply = make_reply(post, WORD, name=WORD[:60], parent=reply)
    make_post("Next", series=series, tags=[WORD[:90]])
    return post


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, post: Post, width: int) -> None:
    page.set_viewport_size(ViewportSize(width=width, height=800))
    replying = f"{post.get_absolute_url()}reply/?to={post.comments.latest('pk').pk}"
    for address in (post.get_absolute_url(), replying, "/", "/categories/long/", "/series/long/"):
        page.goto(address)
        assert not too_wide(page), address


def test_wide_tables_and_code_scroll_by_the_keyboard(page: Page, post: Post) -> None:
    page.set_viewport_size(ViewportSize(width=320, height=800))
    page.goto(post.get_absolute_url())
    for wide in page.locator(".prose .table, .prose pre").all():
        wide.focus()
        expect(wide).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.press("ArrowRight")
        expect(wide).not_to_have_js_property("scrollLeft", 0)
