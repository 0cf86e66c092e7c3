"""An entry says all that the page says: the text, who wrote it, what about, and whose picture it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.models import Category, Post
from images.models import Image
from tests.feeds.reading import NAMESPACES, parsed, texts, xml

SUFFIXES = ["feed/", "feed/atom/", "feed/json/"]


def content(client: Client) -> str:
    html: str = client.get("/feed/json/").json()["items"][0]["content_html"]
    return html


def test_the_whole_text_is_in_every_format(client: Client, make_post: Any) -> None:
    make_post(body="Before.\n\n<!-- more -->\n\nAfter the fold.")
    assert "After the fold" in texts(client.get("/feed/"), "//content:encoded")[0]
    assert "After the fold" in texts(client.get("/feed/atom/"), "//atom:entry/atom:content")[0]
    assert "After the fold" in content(client)


def test_every_address_in_the_text_is_absolute(client: Client, post: Post) -> None:
    html = content(client)
    page = f"http://testserver{post.get_absolute_url()}"
    assert 'href="http://testserver/about/"' in html
    assert f'href="{page}#h-end"' in html
    addresses = re.findall(r'(?:href|src|srcset)="([^"]*)"', html)
    assert len(addresses) > 5
    assert all(address.startswith(("http://testserver/", "https://")) for address in addresses)


def test_every_size_of_a_picture_has_an_absolute_address(client: Client, post: Post) -> None:
    (srcset,) = re.findall(r'srcset="([^"]*)"', content(client))
    sizes = srcset.split(", ")
    assert len(sizes) > 1
    assert all(re.fullmatch(r"http://testserver/media/\S+ \d+w", size) for size in sizes)


def test_authors_are_named_each_and_in_order_and_without_an_address(
    client: Client, post: Post
) -> None:
    names = ["Ada Okafor", "Bo de Wit"]
    rss = client.get("/feed/")
    assert texts(rss, "//item/dc:creator") == names
    assert texts(rss, "//item/author") == []
    assert "@" not in rss.text
    atom = client.get("/feed/atom/")
    assert texts(atom, "//atom:entry/atom:author/atom:name") == names
    assert texts(atom, "//atom:author/atom:uri")[0] == "http://testserver/authors/ada-okafor/"
    authors = client.get("/feed/json/").json()["items"][0]["authors"]
    assert [author["name"] for author in authors] == names
    assert authors[1]["url"] == "http://testserver/authors/bo-de-wit/"


def test_who_helped_is_a_contributor(client: Client, post: Post) -> None:
    ada, bo = (byline.author for byline in post.bylines.all())
    publishing.save_post(post=post, by=None, bylines=[(ada, "author"), (bo, "translator")])
    assert texts(client.get("/feed/"), "//item/dc:creator") == ["Ada Okafor"]
    assert texts(client.get("/feed/"), "//item/dc:contributor") == ["Bo de Wit"]
    atom = client.get("/feed/atom/")
    assert texts(atom, "//atom:contributor/atom:name") == ["Bo de Wit"]


def test_where_nobody_is_named_as_author_whoever_is_named_is(client: Client, post: Post) -> None:
    ada, _bo = (byline.author for byline in post.bylines.all())
    publishing.save_post(post=post, by=None, bylines=[(ada, "photographer")])
    assert texts(client.get("/feed/atom/"), "//atom:author/atom:name") == ["Ada Okafor"]


def test_category_and_tags_say_what_it_is_about(client: Client, post: Post) -> None:
    terms = {"Water & land", "Zürich", "fog"}
    assert set(texts(client.get("/feed/"), "//item/category")) == terms
    assert set(texts(client.get("/feed/atom/"), "//atom:category/@label")) == terms
    assert set(texts(client.get("/feed/atom/"), "//atom:category/@term")) == {
        "water",
        "zürich",
        "fog",
    }
    assert set(client.get("/feed/json/").json()["items"][0]["tags"]) == terms


def test_a_tag_of_the_name_of_the_category_says_nothing_more(
    client: Client, make_post: Any
) -> None:
    make_post(category=Category.objects.create(name="Fog", slug="fog"), tags=["Fog", "mist"])
    assert texts(client.get("/feed/"), "//item/category") == ["Fog", "mist"]


def test_each_entry_says_its_own_language(client: Client, post: Post) -> None:
    assert texts(client.get("/feed/"), "//item/dc:language") == ["nl"]
    (entry,) = xml(client.get("/feed/atom/")).findall("atom:entry", NAMESPACES)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"


def test_a_feed_is_in_the_language_of_the_site_whoever_asks(client: Client, post: Post) -> None:
    response = client.get("/feed/", headers={"Accept-Language": "de"})
    assert texts(response, "/rss/channel/language") == ["en"]
    assert response["Content-Language"] == "en"
    assert response.content == client.get("/feed/").content


def test_the_feed_of_a_language_is_in_it(client: Client, post: Post) -> None:
    response = client.get("/languages/nl/feed/")
    assert texts(response, "/rss/channel/language") == ["nl"]
    assert response["Content-Language"] == "nl"


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_the_lead_picture_comes_with_who_made_it(
    client: Client, post: Post, picture: Image, suffix: str
) -> None:
    (media,) = xml(client.get(f"/{suffix}")).iter("{http://search.yahoo.com/mrss/}content")
    assert media.get("url") == f"http://testserver{picture.url}"
    assert (media.get("width"), media.get("height")) == ("800", "600")
    assert media.get("type").startswith("image/")
    assert media.findtext("media:credit", namespaces=NAMESPACES) == "Mila & Sons"
    assert media.findtext("media:copyright", namespaces=NAMESPACES) == "CC BY 4.0"
    assert parsed(client.get(f"/{suffix}")).entries[0].media_content[0]["url"] == media.get("url")


def test_the_lead_picture_stands_above_the_text_too(
    client: Client, post: Post, picture: Image
) -> None:
    figure = content(client).split("</figure>")[0]
    assert f'src="http://testserver{picture.usual_url}"' in figure
    assert 'alt="A dyke in fog"' in figure
    assert '<a href="https://mila.example/">Mila &amp; Sons</a>' in figure
    assert '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>' in figure
    assert (
        client.get("/feed/json/").json()["items"][0]["image"] == f"http://testserver{picture.url}"
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_post_without_picture_summary_or_category_is_complete(
    client: Client, make_post: Any, suffix: str
) -> None:
    make_post(body="The kettle sings.")
    response = client.get(f"/{suffix}")
    assert "The kettle sings." in response.text
    assert "<figure" not in response.text
    assert "None" not in response.text
