"""A post that is written from right to left, on its own page and where it is listed."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml.html import HtmlElement, fromstring

from accounts.models import Author
from tests.conftest import MakePost

TITLE, NAME = "رسالة من الميناء", "ليلى حداد"
BODY = "مرحبا بكم.\n\n- واحد\n- اثنان\n\n> قال: نعم.\n\nHello."


def page(client: Client, address: str) -> HtmlElement:
    return fromstring(client.get(address).text)


def one(root: HtmlElement, name: str) -> HtmlElement:
    return root.find_class(name)[0]


@pytest.mark.parametrize("language", ["ar", "he", "fa"])
def test_the_page_of_a_post_runs_as_its_language_does(
    client: Client, make_post: MakePost, language: str
) -> None:
    author = Author.objects.create(name=NAME)
    post = make_post(TITLE, body=BODY, language=language, authors=[author], summary="سطر.")
    root = page(client, post.get_absolute_url())
    assert (root.get("lang"), root.get("dir")) == (language, "rtl")
    assert one(root, "post").get("dir") == "rtl"
    assert {one(root, name).get("dir") for name in ("masthead", "page", "facts", "footer")} == {
        "ltr"
    }
    assert {one(root, name).get("dir") for name in ("post-title", "standfirst", "p-author")} == {
        "auto"
    }
    prose = one(root, "prose")
    assert {e.get("dir") for e in prose.iter("p", "li")} == {"auto"}
    assert {e.get("dir") for e in prose.iter("ul", "blockquote")} == {"rtl"}


def test_other_posts_run_from_left_to_right(client: Client, make_post: MakePost) -> None:
    root = page(client, make_post("Brood", body="Wij bakken.").get_absolute_url())
    assert root.get("dir") is None
    assert one(root, "post").get("dir") is None
    assert "dir=" not in client.get("/feed/").text


def test_a_list_lets_each_title_summary_excerpt_and_name_run_its_own_way(
    client: Client, make_post: MakePost
) -> None:
    author = Author.objects.create(name=NAME)
    make_post("Brood", authors=[author], summary="سطر.")
    make_post(TITLE, authors=[author], body=BODY, language="ar")
    for address in ("/", author.get_absolute_url()):
        root = page(client, address)
        titles = root.xpath("//article//h2")
        assert [title.get("dir") for title in titles] == ["auto", "auto"]
        assert {e.get("dir") for e in root.find_class("p-summary")} == {"auto"}
        assert {e.get("dir") for e in root.find_class("p-author")} == {"auto"}
    assert page(client, author.get_absolute_url()).xpath("//h1")[0].get("dir") == "auto"
