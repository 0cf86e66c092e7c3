"""What pages tell search engines, other sites and browsers about themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.models import Author, AuthorLink
from blog import publishing
from blog.models import Category, Post
from images.models import Image

SITE = "http://testserver"
OPEN_GRAPH = {"og:title", "og:type", "og:url", "og:image", "og:description", "og:site_name"}


@pytest.fixture
def post(make_post: Any, make_author: Any, make_image: Callable[..., Image]) -> Post:
    return make_post(
        "Mist & “water” </script>",
        summary='About "fog".',
        body="One two three.",
        language="nl",
        authors=[make_author("Ada Okafor"), make_author("Bo de Wit")],
        category=Category.objects.create(name="Water", slug="water"),
        tags=["fog", "rivers"],
        lead_image=make_image(
            alt="Fog", caption="A dyke", credit="Mila", licence="cc-by-4.0", width=80, height=60
        ),
    )


def head(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.text)


def properties(page: Any) -> dict[str, str]:
    metas = page.xpath("//meta[@property or @name]")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}


def things(page: Any) -> dict[str, Any]:
    """The things of the JSON-LD graph by their type."""
    (block,) = page.xpath("//script[@type='application/ld+json']")
    graph = json.loads(block.text)
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


def alternates(page: Any) -> dict[str, str]:
    links = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert len({link.get("hreflang") for link in links}) == len(links)
    return {link.get("hreflang"): link.get("href") for link in links}


@pytest.mark.parametrize("kind", ["home", "post", "author", "tag", "category", "about", "year"])
def test_every_page_has_open_graph_a_description_and_one_canonical_address(
    client: Client, post: Post, kind: str
) -> None:
    assert post.category
    address = {
        "home": "/",
        "post": post.get_absolute_url(),
        "author": "/authors/ada-okafor/",
        "tag": "/tags/fog/",
        "category": post.category.get_absolute_url(),
        "about": "/about/",
        "year": f"/{post.due_at:%Y}/",
    }[kind]
    page = head(client, address)
    said = properties(page)
    assert said.keys() >= OPEN_GRAPH
    assert all(said[name] for name in OPEN_GRAPH)
    assert said["description"]
    assert said["twitter:card"]
    canonical = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == [said["og:url"]] == [SITE + address]


def test_a_post_is_an_article_with_its_times_section_tags_and_authors(
    client: Client, post: Post
) -> None:
    page = head(client, post.get_absolute_url())
    said = properties(page)
    assert said["og:type"] == "article"
    assert said["og:title"] == post.title
    assert said["description"] == post.summary
    assert said["article:published_time"].startswith(f"{post.due_at:%Y-%m-}")
    assert said["article:section"] == "Water"
    assert page.xpath("//meta[@property='article:author']/@content") == [
        f"{SITE}/authors/ada-okafor/",
        f"{SITE}/authors/bo-de-wit/",
    ]
    assert set(page.xpath("//meta[@property='article:tag']/@content")) == {"fog", "rivers"}


def test_the_lead_image_stands_for_the_post(client: Client, post: Post) -> None:
    said = properties(head(client, post.get_absolute_url()))
    assert post.lead_image
    assert said["og:image"] == SITE + post.lead_image.url
    assert (said["og:image:width"], said["og:image:height"]) == ("80", "60")
    assert said["og:image:alt"] == "Fog"
    assert said["twitter:card"] == "summary_large_image"


def test_the_sites_own_picture_stands_for_what_has_none(client: Client, make_post: Any) -> None:
    post = make_post()
    assert properties(head(client, "/"))["og:image"] == f"{SITE}/static/icons/share.png"
    page = head(client, post.get_absolute_url())
    assert properties(page)["og:image"] == f"{SITE}/static/icons/share.png"
    assert things(page)["BlogPosting"]["image"]["url"] == f"{SITE}/static/icons/share.png"


def test_json_ld_says_all_about_a_post(client: Client, post: Post) -> None:
    posting = things(head(client, post.get_absolute_url()))["BlogPosting"]
    address = SITE + post.get_absolute_url()
    assert posting["headline"] == post.title
    assert posting["description"] == post.summary
    assert posting["mainEntityOfPage"]["@id"] == address
    assert posting["inLanguage"] == "nl"
    assert posting["articleSection"] == "Water"
    assert set(posting["keywords"]) == {"fog", "rivers"}
    assert (posting["wordCount"], posting["commentCount"]) == (3, 0)
    assert [author["name"] for author in posting["author"]] == ["Ada Okafor", "Bo de Wit"]
    assert posting["author"][0]["url"] == f"{SITE}/authors/ada-okafor/"
    assert posting["publisher"]["logo"]["url"] == f"{SITE}/static/icons/icon-512.png"
    image = posting["image"]
    assert (image["creditText"], image["caption"]) == ("Mila", "A dyke")
    assert image["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert posting["dateModified"] >= posting["datePublished"]
    assert posting["datePublished"][-6:] in {"+01:00", "+02:00"}


def test_json_ld_names_each_by_what_they_did(client: Client, post: Post) -> None:
    ada, bo = (byline.author for byline in post.bylines.all())
    publishing.save_post(post=post, by=None, bylines=[(ada, "author"), (bo, "translator")])
    posting = things(head(client, post.get_absolute_url()))["BlogPosting"]
    assert [one["name"] for one in posting["author"]] == ["Ada Okafor"]
    assert [one["name"] for one in posting["translator"]] == ["Bo de Wit"]
    publishing.save_post(post=post, by=None, bylines=[(bo, "editor")])
    posting = things(head(client, post.get_absolute_url()))["BlogPosting"]
    assert [one["name"] for one in posting["author"]] == ["Bo de Wit"]


def test_nothing_in_a_post_ends_the_data_block(client: Client, make_post: Any) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    post = make_post(title)
    response = client.get(post.get_absolute_url())
    assert "<script>alert" not in response.text
    assert things(html.fromstring(response.text))["BlogPosting"]["headline"] == title


def test_a_long_title_is_cut_for_search_engines(client: Client, make_post: Any) -> None:
    post = make_post("word " * 39)
    headline = things(head(client, post.get_absolute_url()))["BlogPosting"]["headline"]
    assert len(headline) <= 110


def test_crumbs_lead_from_the_front_page_by_the_category(client: Client, post: Post) -> None:
    crumbs = things(head(client, post.get_absolute_url()))["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3]
    assert [crumb["item"] for crumb in crumbs] == [
        f"{SITE}/",
        f"{SITE}/categories/water/",
        SITE + post.get_absolute_url(),
    ]


def test_the_front_page_is_the_site(client: Client, db: None) -> None:
    site = things(head(client, "/"))["WebSite"]
    assert (site["name"], site["url"]) == ("Samenspraak", f"{SITE}/")


def test_the_page_of_an_author_is_a_profile(client: Client, make_author: Any) -> None:
    author: Author = make_author(
        "Zoë & Co", biography="Writes *letters*.", website="https://zoe.example/"
    )
    AuthorLink.objects.create(author=author, label="Else", url="https://else.example/@zoe")
    page = head(client, author.get_absolute_url())
    profile = things(page)["ProfilePage"]["mainEntity"]
    assert (profile["@type"], profile["name"]) == ("Person", "Zoë & Co")
    assert profile["description"] == "Writes letters."
    assert profile["sameAs"] == ["https://zoe.example/", "https://else.example/@zoe"]
    said = properties(page)
    assert (said["og:type"], said["description"]) == ("profile", "Writes letters.")


def test_translations_name_each_other_and_themselves(client: Client, make_post: Any) -> None:
    original = make_post("Fog", language="en")
    dutch = make_post("Mist", language="nl", translation_of=original)
    german = make_post("Nebel", language="de", translation_of=original)
    expected = {
        "en": SITE + original.get_absolute_url(),
        "nl": SITE + dutch.get_absolute_url(),
        "de": SITE + german.get_absolute_url(),
        "x-default": SITE + original.get_absolute_url(),
    }
    for post in (original, dutch, german):
        assert alternates(head(client, post.get_absolute_url())) == expected


def test_a_translation_that_is_not_live_is_not_named(client: Client, make_post: Any) -> None:
    original = make_post("Fog", language="en")
    dutch = make_post("Mist", language="nl", translation_of=original, live=False)
    assert alternates(head(client, original.get_absolute_url())) == {}
    publishing.publish(post=dutch, by=None)
    publishing.withdraw(post=original, by=None)
    assert alternates(head(client, dutch.get_absolute_url())) == {}


def test_without_its_original_every_translation_names_the_same_default(
    client: Client, make_post: Any
) -> None:
    original = make_post("Fog", language="en")
    posts = [make_post("Mist", language=code, translation_of=original) for code in ("nl", "de")]
    publishing.withdraw(post=original, by=None)
    dutch, german = (alternates(head(client, post.get_absolute_url())) for post in posts)
    assert dutch == german
    assert dutch["x-default"] == dutch["nl"]


def test_a_text_first_published_elsewhere_says_where(client: Client, make_post: Any) -> None:
    post = make_post(canonical_url="https://first.example/fog")
    page = head(client, post.get_absolute_url())
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://first.example/fog"]
    posting = things(page)["BlogPosting"]
    assert posting["mainEntityOfPage"]["@id"] == "https://first.example/fog"


def test_a_preview_asks_not_to_be_indexed_and_a_page_does_not(
    client: Client, make_post: Any, make_user: Any
) -> None:
    draft, live = make_post("Draft", live=False), make_post("Live")
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    assert properties(head(client, f"/preview/{draft.uid}/"))["robots"] == "noindex"
    assert "robots" not in properties(head(client, live.get_absolute_url()))


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/", ""),
        ("/authors/ada-okafor/", "authors/ada-okafor/"),
        ("/tags/fog/", "tags/fog/"),
        ("/categories/water/", "categories/water/"),
        ("/languages/nl/", "languages/nl/"),
    ],
)
def test_readers_find_the_feeds_of_a_page_and_of_the_site(
    client: Client, post: Post, address: str, own: str
) -> None:
    links = head(client, address).xpath("//link[@rel='alternate'][not(@hreflang)]")
    found = [link.get("href") for link in links]
    formats = ["feed/", "feed/atom/", "feed/json/"]
    expected = [f"/{place}{kind}" for place in dict.fromkeys([own, ""]) for kind in formats]
    assert found == [*expected, "/comments/feed/"]
    assert all(link.get("title") for link in links)
    assert len({link.get("title") for link in links}) == len(links)
    for link in links:
        assert client.get(link.get("href"))["Content-Type"].startswith(link.get("type"))


def test_readers_find_the_replies_of_a_post(client: Client, post: Post) -> None:
    page = head(client, post.get_absolute_url())
    (link,) = page.xpath("//link[@rel='alternate'][contains(@title, 'Replies')]")
    assert client.get(link.get("href")).status_code == 200
    assert len(page.xpath("//link[@rel='alternate'][contains(@href, '/feed/')]")) == 4
