"""What somebody typed as words is words in every feed and on every page, whatever it looks like."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from lxml.html import fragment_fromstring, fromstring

from blog.models import Category, Post
from comments.models import Status
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from tests.feeds.reading import parsed, texts

ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>here</a>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;b&#62; & &#x3c;i>",
    "&amp;lt;b&amp;gt;",
    "]]><script>alert(1)</script><![CDATA[",
    "<!-- x --> --!> <!doctype html>",
    "<iframe srcdoc='<b>x</b>'>",
    "a < b && c > d",
    "The <b> and <template> elements",
]
HARMLESS = ["Q&A at AT&T", "Mist & “water”", "1 > 0", 'It\'s "quoted"', "Zürich, 東京"]
# What readers take for HTML: by the specification or, as feedparser and SimplePie, by themselves.
HTML_IN_RSS = ["/rss/channel/title", "/rss/channel/description", "//item/title"]


def as_html(markup: str) -> str:
    """The words that a reader shows who takes a text for HTML; fails where there is any element."""
    shown = fragment_fromstring(markup, create_parent="p")
    assert not list(shown), markup
    assert "<!--" not in markup
    return str(shown.text_content())


@pytest.fixture(params=ATTACKS + HARMLESS)
def words(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def post(make_post: Any, make_author: Any, make_image: Any, words: str) -> Post:
    """A post of which everything that is typed as plain text looks like this."""
    post: Post = make_post(
        "Title",
        authors=[make_author("Ada", biography=f"`{words}`")],
        category=Category.objects.create(name=words, slug="category", description=words),
        lead_image=make_image(alt=words, credit=words, caption=words),
        tags=["tag"],
    )
    post.authors.update(name=words)
    post.tags.update(name=words)
    Post.objects.update(title=words, summary=words)
    return Post.objects.get()


@pytest.mark.parametrize("address", ["/feed/", "/categories/category/feed/"])
def test_rss_says_the_words_to_readers_who_take_them_for_html(
    client: Client, post: Post, words: str, address: str
) -> None:
    response = client.get(address)
    for path in HTML_IN_RSS:
        for text in texts(response, path):
            as_html(text)
    assert [as_html(text) for text in texts(response, "//item/title")] == [words]
    assert [as_html(text) for text in texts(response, "//item/description")] == [words]
    if "category" in address:
        assert as_html(texts(response, "/rss/channel/description")[0]) == words
        assert words in as_html(texts(response, "/rss/channel/title")[0])


def test_names_and_credits_are_plain_text_in_rss(client: Client, post: Post, words: str) -> None:
    response = client.get("/feed/")
    for path in ("//dc:creator", "//item/category", "//media:credit"):
        assert set(texts(response, path)) == {words}


@pytest.mark.parametrize("title", HARMLESS)
def test_a_title_without_markup_is_the_same_as_html_and_as_plain_text(
    client: Client, make_post: Any, title: str
) -> None:
    make_post(title)
    assert texts(client.get("/feed/"), "//item/title") == [title]


def test_atom_says_that_they_are_plain_text(client: Client, post: Post, words: str) -> None:
    response = client.get("/categories/category/feed/atom/")
    for path in ("//atom:title", "//atom:entry/atom:summary", "//atom:subtitle"):
        assert set(texts(response, f"{path}/@type")) <= {"text"}
    assert texts(response, "//atom:entry/atom:title") == [words]
    assert texts(response, "//atom:entry/atom:summary") == [words]
    assert texts(response, "//atom:entry/atom:content/@type") == ["html"]
    (entry,) = parsed(response).entries
    assert entry.title_detail.type == entry.summary_detail.type == "text/plain"


def test_json_feed_has_html_in_content_html_alone(client: Client, post: Post, words: str) -> None:
    (item,) = client.get("/feed/json/").json()["items"]
    assert (item["title"], item["summary"]) == (words, words)
    assert "content_text" not in item
    figure = fromstring(item["content_html"])
    assert words in figure.text_content()
    assert not figure.xpath("//script|//svg|//iframe|//*[@onerror or @onload]")


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_a_feed_reader_shows_the_words(client: Client, post: Post, words: str, suffix: str) -> None:
    (entry,) = parsed(client.get(f"/{suffix}")).entries
    for said in (entry.title_detail, entry.summary_detail):
        shown = as_html(said.value) if said.type == "text/html" else said.value
        assert shown == words


def test_what_a_page_tells_machines_are_the_words(client: Client, post: Post, words: str) -> None:
    page = fromstring(client.get(post.get_absolute_url()).text)
    said = {meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    assert said["og:title"] == said["og:description"] == words
    assert said["og:image:alt"] == said["article:tag"] == said["article:section"] == words
    (data,) = page.xpath('//script[@type="application/ld+json"]')
    assert not re.search("[<>&]", data.text)
    about, trail = json.loads(data.text)["@graph"]
    assert (about["headline"], about["description"]) == (words, words)
    assert about["author"][0]["name"] == about["articleSection"] == words
    assert trail["itemListElement"][-1]["name"] == words


def test_a_guests_words_are_words_in_the_feed_of_the_conversation(
    client: Client, make_post: Any, words: str
) -> None:
    post = make_post(words)
    comment = post_comment(
        post=post, body=f"`{words}`", language="en", name=words, email="guest@example.org"
    )
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    for address in ("/comments/feed/", f"/{post.address}/comments/feed/"):
        response = client.get(address)
        (description,) = texts(response, "//item/description")
        assert as_html(description) == " ".join(words.split())
        assert as_html(texts(response, "//item/title")[0]) == f"{words} on “{words}”"
        for text in texts(response, "/rss/channel/title"):
            as_html(text)
        (content,) = texts(response, "//content:encoded")
        assert fromstring(content).text_content() == words
        assert not fromstring(content).xpath("//script|//img|//svg|//iframe|//a")
