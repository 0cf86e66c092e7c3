"""Every listing has its feed in every format, and strict readers find no fault with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from blog import publishing
from blog.models import Category, Post
from tests.feeds.reading import parsed, texts, xml

TYPES = {
    "feed/": "application/rss+xml; charset=utf-8",
    "feed/atom/": "application/atom+xml; charset=utf-8",
    "feed/json/": "application/feed+json; charset=utf-8",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_every_listing_has_a_feed_with_the_post_in_it(
    client: Client, post: Post, listings: list[str], suffix: str
) -> None:
    for listing in listings:
        response = client.get(listing + suffix)
        assert response.status_code == 200
        assert response["Content-Type"] == TYPES[suffix]
        assert str(post.uid) in response.text


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_a_feed_reader_has_nothing_to_forgive(
    client: Client, post: Post, listings: list[str], suffix: str
) -> None:
    for listing in listings:
        feed = parsed(client.get(listing + suffix))
        (entry,) = feed.entries
        assert entry.title == post.title
        assert entry.link == f"http://testserver{post.get_absolute_url()}"
        assert entry.id == post.uid.urn
        assert entry.published_parsed[:5] == post.due_at.utctimetuple()[:5]


@pytest.mark.parametrize("listing", ["/", "/languages/nl/", "/tags/zürich/"])
def test_a_feed_names_its_own_address_and_its_page(
    client: Client, post: Post, listing: str
) -> None:
    page = "http://testserver" + listing.replace("ü", "%C3%BC")
    rss = client.get(f"{listing}feed/?from=a-mail")
    assert texts(rss, "/rss/channel/atom:link[@rel='self']/@href") == [f"{page}feed/"]
    assert texts(rss, "/rss/channel/link") == [page]
    atom = client.get(f"{listing}feed/atom/")
    assert texts(atom, "/atom:feed/atom:link[@rel='self']/@href") == [f"{page}feed/atom/"]
    assert texts(atom, "/atom:feed/atom:link[@rel='alternate']/@href") == [page]
    json = client.get(f"{listing}feed/json/").json()
    assert (json["feed_url"], json["home_page_url"]) == (f"{page}feed/json/", page)


def test_rss_says_what_its_specification_requires(client: Client, post: Post) -> None:
    response = client.get("/feed/")
    root = xml(response)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert texts(response, "/rss/channel/title") == ["Samenspraak"]
    assert texts(response, "/rss/channel/language") == ["en"]
    assert all(texts(response, "/rss/channel/description"))
    assert texts(response, "//item/guid/@isPermaLink") == ["false"]
    assert texts(response, "//item/description") == ["About fog."]


def test_atom_says_when_an_entry_appeared_and_when_it_changed(client: Client, post: Post) -> None:
    post.title = "Fog"
    post.save()
    Post.objects.update(updated_at="2099-01-01T12:00:00Z")
    response = client.get("/feed/atom/")
    assert texts(response, "//atom:entry/atom:updated") == ["2099-01-01T12:00:00+00:00"]
    assert texts(response, "/atom:feed/atom:updated") == ["2099-01-01T12:00:00+00:00"]
    assert texts(response, "//atom:entry/atom:published")[0].startswith(f"{post.due_at:%Y-%m-%d}")


def test_json_feed_says_what_its_specification_requires(client: Client, post: Post) -> None:
    feed = client.get("/feed/json/").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == ("Samenspraak", "en")
    (item,) = feed["items"]
    assert (item["id"], item["title"]) == (post.uid.urn, post.title)
    assert (item["summary"], item["language"]) == ("About fog.", "nl")
    assert item["content_html"].startswith("<figure>")


@pytest.mark.parametrize("suffix", TYPES)
def test_the_fifteen_newest_come_newest_first(client: Client, many_posts: Any, suffix: str) -> None:
    many_posts(20)
    body = client.get(f"/{suffix}").text
    places = [body.find(f"Post {number}<") for number in range(16)]
    if suffix == "feed/json/":
        places = [body.find(f'"Post {number}"') for number in range(16)]
    assert places[:15] == sorted(places[:15])
    assert places[0] > 0
    assert places[15] == -1


def test_a_series_is_followed_newest_first_whatever_its_order(
    client: Client, post: Post, make_post: Any
) -> None:
    make_post("The second part", series=post.series, series_position=1)
    titles = [item["title"] for item in client.get("/series/rivers/feed/json/").json()["items"]]
    assert titles == ["The second part", post.title]


@pytest.mark.parametrize("suffix", TYPES)
def test_a_feed_without_posts_is_valid_and_always_the_same(
    client: Client, db: None, suffix: str
) -> None:
    first, second = client.get(f"/{suffix}"), client.get(f"/{suffix}")
    assert first.status_code == 200
    assert first.content == second.content
    if suffix != "feed/json/":
        assert parsed(first).entries == []


@pytest.mark.parametrize("suffix", TYPES)
@pytest.mark.parametrize(
    "listing",
    ["/authors/nobody/", "/categories/a/b/", "/tags/none/", "/series/none/", "/languages/xx/"],
)
def test_there_is_no_feed_of_what_there_is_not(
    client: Client, db: None, listing: str, suffix: str
) -> None:
    assert client.get(listing + suffix).status_code == 404


def test_a_feed_can_be_asked_for_its_head_and_nothing_can_be_posted_to_it(
    client: Client, post: Post
) -> None:
    head = client.head("/feed/")
    assert (head.status_code, head.content) == (200, b"")
    assert client.post("/feed/").status_code == 405


def test_a_feed_of_a_category_within_another(client: Client, post: Post, make_post: Any) -> None:
    below = Category.objects.create(name="Rivers", slug="rivers", parent=post.category)
    make_post("Upstream", category=below)
    assert "Upstream" in client.get("/categories/water/rivers/feed/").text
    assert "Upstream" in client.get("/categories/water/feed/").text


def test_drafts_scheduled_and_withdrawn_posts_are_in_no_feed(
    client: Client, make_post: Any
) -> None:
    make_post("A draft", live=False)
    make_post("To come", at=timezone.now() + timedelta(days=1))
    publishing.withdraw(post=make_post("Taken back"), by=None)
    assert client.get("/feed/json/").json()["items"] == []


def test_no_category_can_take_the_place_of_a_feed(post: Post) -> None:
    with pytest.raises(ValidationError, match="feed of the category above"):
        Category(name="Feed", slug="feed", parent=post.category).full_clean()
    Category(name="Feed", slug="feed").full_clean()
