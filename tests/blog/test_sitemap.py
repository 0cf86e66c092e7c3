"""The sitemap names every page worth finding, and none that is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from accounts.models import Author
from blog import publishing
from blog.models import Category, Post, Series
from blog.sitemaps import SITEMAPS

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"


def locations(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    root = etree.fromstring(response.content)
    return [str(loc.text).removeprefix(SITE) for loc in root.iter(f"{NAMESPACE}loc")]


def everything(client: Client) -> list[str]:
    return [
        place for part in locations(client, "/sitemap.xml") for place in locations(client, part)
    ]


@pytest.fixture
def post(make_post: Any, make_author: Any) -> Post:
    water = Category.objects.create(name="Water", slug="water")
    return make_post(
        "Fog",
        at=datetime(2011, 5, 31, 23, 30, tzinfo=UTC),
        authors=[make_author("Zoë Smit")],
        tags=["Zürich"],
        category=Category.objects.create(name="Rivers", slug="rivers", parent=water),
        series=Series.objects.create(title="Mist", slug="mist"),
        language="nl",
    )


def test_every_sort_of_page_is_in_it_and_answers(client: Client, post: Post) -> None:
    places = everything(client)
    assert set(places) == {
        "/",
        "/about/",
        "/archive/",
        post.get_absolute_url(),
        "/2011/",
        "/2011/06/",
        "/authors/zo%C3%AB-smit/",
        "/categories/water/",
        "/categories/water/rivers/",
        "/tags/z%C3%BCrich/",
        "/series/mist/",
        "/languages/nl/",
    }
    assert len(places) == len(set(places))
    assert {place: client.get(place).status_code for place in places} == dict.fromkeys(places, 200)


def test_what_is_not_live_is_not_in_it(client: Client, make_post: Any, make_author: Any) -> None:
    nobody = {"authors": [make_author("Nobody")], "tags": ["nothing"]}
    elsewhere = Category.objects.create(name="Empty", slug="empty")
    make_post("A draft", live=False, category=elsewhere, **nobody)
    make_post("To come", at=timezone.now() + timedelta(days=1), language="de", **nobody)
    publishing.withdraw(post=make_post("Taken back", **nobody), by=None)
    assert everything(client) == ["/", "/archive/", "/about/"]


def test_a_post_says_when_it_was_last_changed(client: Client, post: Post) -> None:
    Post.objects.update(updated_at=datetime(2012, 2, 3, 4, 5, tzinfo=UTC))
    root = etree.fromstring(client.get("/sitemap-posts.xml").content)
    (changed,) = root.iter(f"{NAMESPACE}lastmod")
    assert changed.text == "2012-02-03"


@pytest.mark.parametrize("number", [10, 1000])
def test_each_part_takes_a_fixed_number_of_queries(
    client: Client, many_posts: Any, django_assert_max_num_queries: Any, number: int
) -> None:
    many_posts(number, tag="common", category="all")
    with django_assert_max_num_queries(20):
        parts = locations(client, "/sitemap.xml")
    for part in parts:
        with django_assert_max_num_queries(3):
            client.get(part)


def test_many_posts_come_in_several_files(
    client: Client, many_posts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SITEMAPS["posts"], "limit", 4)
    many_posts(10)
    parts = [part for part in locations(client, "/sitemap.xml") if "posts" in part]
    assert parts == ["/sitemap-posts.xml", "/sitemap-posts.xml?p=2", "/sitemap-posts.xml?p=3"]
    assert len({place for part in parts for place in locations(client, part)}) == 10


@pytest.mark.parametrize(
    "address", ["/sitemap-none.xml", "/sitemap-posts.xml?p=99", "/sitemap-posts.xml?p=x"]
)
def test_there_is_no_other_part(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_blog_without_posts_has_a_sitemap(client: Client, db: None) -> None:
    assert Author.objects.count() == 0
    assert everything(client) == ["/", "/archive/", "/about/"]
