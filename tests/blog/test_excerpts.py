"""How a list leads on to a post: with the author's words, and only where there is more to read."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml.html import HtmlElement, fromstring

from tests.conftest import MakePost


def entry(client: Client) -> HtmlElement:
    (article,) = fromstring(client.get("/").text).find_class("h-entry")
    return article


def test_the_way_on_is_called_what_the_author_calls_it(client: Client, make_post: MakePost) -> None:
    make_post(
        "Brood",
        language="nl",
        body="Wij bakken.\n\n<!--more Naar <b>-->\n\n<!--more Alle “recepten” & meer-->\n\nZo.",
    )
    (link,) = entry(client).find_class("read-on")
    assert " ".join(link.text_content().split()) == "Alle “recepten” & meer: Brood"
    (anchor,) = link.iter("a")
    assert anchor.get("lang") == "nl"


@pytest.mark.parametrize("rest", ["<!-- note -->", "<!-- more -->", "<!--more Op-->\n\n<!-- x -->"])
def test_there_is_no_way_on_where_nothing_more_shows(
    client: Client, make_post: MakePost, rest: str
) -> None:
    make_post("Brood", body=f"Short.\n\n{rest}")
    assert not entry(client).find_class("read-on")


def test_a_post_of_code_begins_with_its_words_and_leads_on_to_the_code(
    client: Client, make_post: MakePost
) -> None:
    make_post("Brood", body="    code\n")
    article = entry(client)
    assert len(article.find_class("read-on")) == 1
    (excerpt,) = article.find_class("entry-excerpt")
    assert excerpt.text_content().strip() == "code"
