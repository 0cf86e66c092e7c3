"""What a screen reader says of where an answer stands: its tree is not drawn."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.browser.conftest import MakeReply
from tests.conftest import MakePost


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply) -> Post:
    """Wim, answered by Zoe, who is answered by Kim and then so on, six deep; Pat answers Wim too."""
    post = make_post("Herons in town")
    wim = make_reply(post, name="Wim")
    above = make_reply(post, name="Zoe", parent=wim)
    for name in ("Kim", "Lou", "Max", "Ned"):
        above = make_reply(post, name=name, parent=above)
    make_reply(post, name="Pat", parent=wim)
    return post


def said(page: Page) -> list[str]:
    """The text of each reply in the accessibility tree, as it is read from its beginning."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    items = [node for node in nodes if role(node) == "listitem"]
    texts = [" ".join("".join(texts_in(item, by_id)).split()) for item in items]
    return [text for text in texts if "Well said." in text or "not shown" in text]


def texts_in(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    if role(node) == "StaticText":
        return [node["name"]["value"]]
    below = [by_id[pk] for pk in node.get("childIds", []) if pk in by_id]
    return [text for child in below for text in texts_in(child, by_id)]


def role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", "")) if not node.get("ignored") else ""


def test_every_answer_says_to_whom_and_on_which_level(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    wim, zoe, kim, lou, max_, ned, pat = said(page)
    assert not wim.startswith("Wim,")
    assert zoe.startswith("Zoe, answer to Wim, level 2")
    assert kim.startswith("Kim, answer to Zoe, level 3")
    assert lou.startswith("Lou, answer to Kim, level 4")
    # Deeper than is drawn the page says to whom, and the level is said beside.
    assert max_.startswith("Max, level 5")
    assert "In reply to Lou" in max_
    assert ned.startswith("Ned, level 6")
    assert pat.startswith("Pat, level 2")
    assert "In reply to Wim" in pat


def test_nobody_sees_it(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    for words in page.locator(".reply .unseen").all():
        box = words.bounding_box()
        assert box
        assert (box["width"], box["height"]) == (1, 1)
    expect(page.locator(".reply .unseen")).to_have_count(6)


def test_the_place_of_one_that_is_gone_is_told_too(page: Page, post: Post) -> None:
    zoe = Comment.objects.get(name="Zoe")
    decide(comments=[zoe], decision=Status.REJECTED, by=None)
    page.goto(post.get_absolute_url())
    _wim, gone, kim, *_more = said(page)
    assert gone.startswith("This reply is not shown.")
    assert gone.endswith("(answer to Wim, level 2)")
    assert kim.startswith("Kim, answer to a reply that is not shown, level 3")


@pytest.mark.parametrize(
    ("code", "words"),
    [("nl", "Zoe, antwoord aan Wim, niveau 2"), ("de", "Zoe, Antwort an Wim, Ebene 2")],
)
def test_it_is_said_in_the_readers_language(page: Page, post: Post, code: str, words: str) -> None:
    page.set_extra_http_headers({"Accept-Language": code})
    page.goto(post.get_absolute_url())
    assert said(page)[1].startswith(words)


def test_a_reply_that_comes_while_one_reads_says_it_too(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    page.goto(post.get_absolute_url())
    kim = Comment.objects.get(name="Kim")
    make_reply(post, name="Uma", parent=kim)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("[data-newcomers] button").click()
    expect(page.get_by_text("Uma", exact=True)).to_be_visible()
    assert any(text.startswith("Uma, level 4") for text in said(page))
