"""Whatever stands in a post, its feeds are well-formed and say what it says."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from django.test import Client

from blog.models import Category, Post
from images.models import Image
from tests.feeds.reading import parsed, texts, xml

FORBIDDEN = "\x01\x08\x0b\x0c\x0e\x1f\ufffe\uffff"


@pytest.fixture
def forbidden(make_post: Any, make_author: Any, make_image: Any) -> Post:
    """A post with characters in every field that XML 1.0 has no way to say, as imports bring them."""
    post: Post = make_post(
        "Title",
        authors=[make_author("Ada")],
        tags=["tag"],
        category=Category.objects.create(name="Category", slug="category"),
        lead_image=make_image(alt="Alt", credit="Credit", caption="Caption"),
    )
    Post.objects.update(
        title=f"Ti{FORBIDDEN}tle",
        summary=f"Sum{FORBIDDEN}mary",
        body_html=f"<p>Te{FORBIDDEN}xt</p>",
    )
    post.authors.update(name=f"A{FORBIDDEN}da")
    post.tags.update(name=f"ta{FORBIDDEN}g")
    Category.objects.update(name=f"Cate{FORBIDDEN}gory")
    Image.objects.update(credit=f"Cre{FORBIDDEN}dit")
    return post


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_characters_that_xml_forbids_are_left_out(
    client: Client, forbidden: Post, suffix: str
) -> None:
    response = client.get(f"/{suffix}")
    (entry,) = parsed(response).entries
    assert entry.title == "Title"
    assert entry.summary == "Summary"
    assert "Text" in entry.content[0].value
    assert entry.authors[0].name == "Ada"
    assert {"tag", "Category"} <= {tag.label or tag.term for tag in entry.tags}
    assert texts(response, "//media:credit") == ["Credit"]


def test_json_feed_carries_them_escaped(client: Client, forbidden: Post) -> None:
    (item,) = client.get("/feed/json/").json()["items"]
    assert item["title"] == f"Ti{FORBIDDEN}tle"


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_markup_in_a_title_is_words(client: Client, make_post: Any, suffix: str) -> None:
    title = '<b>Bold</b> & "quoted" ]]> it\'s &amp; <script>'
    make_post(title, summary=title, tags=["a <b> & c"])
    response = client.get(f"/{suffix}")
    # RSS's are read as HTML.
    words = title if "atom" in suffix else escape(title, quote=False)
    assert words in [element.text for element in xml(response).iter("{*}title")]
    assert words in [element.text for element in xml(response).iter("{*}summary", "description")]


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_the_end_of_cdata_in_a_text_does_not_end_it(
    client: Client, make_post: Any, suffix: str
) -> None:
    post = make_post(body="`a ]]> b` and ]]&gt; <!-- x -->")
    Post.objects.update(body_html="<p>a ]]> b ]]]]>> c</p>")
    contents = [e.text for e in xml(client.get(f"/{suffix}")).iter("{*}content", "{*}encoded")]
    assert "<p>a ]]> b ]]]]>> c</p>" in contents
    assert post.title in client.get(f"/{suffix}").text


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/", "feed/json/"])
def test_every_script_comes_through(client: Client, make_post: Any, suffix: str) -> None:
    title = "Zürich, Ελλάδα, 東京, עברית, 👩‍👩‍👧, é"
    make_post(title, body=f"{title}.", authors=None, tags=["東京", "zürich"])
    response = client.get(f"/{suffix}")
    assert title in response.content.decode("utf-8")
    assert client.get(f"/tags/東京/{suffix}").status_code == 200
