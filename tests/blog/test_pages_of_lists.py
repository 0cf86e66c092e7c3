"""Whoever reads a list page by page reads every post once, whatever is published meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from lxml.html import HtmlElement, fromstring

from accounts.models import Author
from blog import publishing
from blog.models import Category, Post, Series
from tests.conftest import MakePost

MAY = datetime(2011, 5, 1, tzinfo=UTC)
LISTS = [
    *("/", "/2011/", "/2011/05/", "/categories/news/", "/tags/fog/"),
    *("/languages/nl/", "/authors/ada/", "/series/walks/"),
]
Publish = Callable[..., Post]


@pytest.fixture
def publish(make_post: MakePost, db: None) -> Publish:
    """A post that stands in every list."""
    category = Category.objects.create(name="News", slug="news")
    series = Series.objects.create(title="Walks", slug="walks")
    ada = Author.objects.create(name="Ada")

    def make(title: str, at: datetime, **fields: Any) -> Post:
        named = {"category": category, "series": series, "authors": [ada], "tags": ["fog"]}
        return make_post(title, at=at, language="nl", **named, **fields)

    return make


@pytest.fixture
def posts(publish: Publish) -> list[Post]:
    """Twenty-five, several of one moment, and others of one second; oldest first."""
    moments = [MAY + timedelta(hours=n // 3, milliseconds=n % 3 // 2) for n in range(25)]
    return [publish(f"Post {n}", at) for n, at in enumerate(moments)]


def read(client: Client, address: str) -> HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, address
    return fromstring(response.text, base_url=address)


def titles(page: HtmlElement) -> list[str]:
    found = page.xpath("//article//a[contains(@class, 'u-url')]")
    return [str(link.text_content()) for link in found]


def link(page: HtmlElement, relation: str) -> str:
    found = page.xpath(f"//a[@rel='{relation}']/@href")
    return urljoin(str(page.base_url), str(found[0])) if found else ""


def walk(client: Client, address: str, relation: str = "next") -> Iterator[HtmlElement]:
    while address:
        page = read(client, address)
        yield page
        address = link(page, relation)


@pytest.mark.parametrize("address", LISTS)
def test_what_is_published_between_two_pages_shows_none_twice_and_skips_none(
    client: Client, posts: list[Post], publish: Publish, address: str
) -> None:
    seen: list[str] = []
    for number, page in enumerate(walk(client, address)):
        seen += titles(page)
        publish(f"New {number}", MAY + timedelta(days=9, hours=number))
    shown = [title for title in seen if title.startswith("Post")]
    in_order = [post.title for post in sorted(posts, key=lambda post: (post.due_at, post.pk))]
    assert shown == (in_order if "series" in address else in_order[::-1])


def test_a_part_put_before_the_others_of_a_series_moves_no_page(
    client: Client, posts: list[Post], publish: Publish
) -> None:
    Post.objects.update(series_position=5)
    seen: list[str] = []
    for number, page in enumerate(walk(client, "/series/walks/")):
        seen += titles(page)
        publish(f"New {number}", MAY, series_position=1)
    assert len(seen) == len(set(seen)) == 25


def test_what_is_deleted_between_two_pages_skips_none(client: Client, posts: list[Post]) -> None:
    seen: list[str] = []
    for page in walk(client, "/"):
        seen += titles(page)
        publishing.delete(post=Post.objects.get(title=titles(page)[0]))
    assert len(seen) == len(set(seen)) == 25


def test_the_way_back_shows_every_post_too(
    client: Client, posts: list[Post], publish: Publish
) -> None:
    *_others, last = walk(client, "/")
    for number in range(3):
        publish(f"New {number}", MAY + timedelta(days=9, hours=number))
    back = [titles(page) for page in walk(client, str(last.base_url), "prev")]
    seen = [title for page in reversed(back) for title in page]
    assert set(seen) == {post.title for post in Post.objects.all()}


@pytest.mark.parametrize("address", LISTS)
def test_forth_and_back_are_the_same_addresses_with_titles_of_their_own(
    client: Client, posts: list[Post], address: str
) -> None:
    forth = list(walk(client, address))
    back = list(walk(client, str(forth[-1].base_url), "prev"))
    assert [page.base_url for page in back] == [page.base_url for page in reversed(forth)]
    assert [titles(page) for page in back] == [titles(page) for page in reversed(forth)]
    named = [page.findtext(".//title") for page in forth]
    assert len(set(named)) == len(named) == 3


@pytest.mark.parametrize("address", LISTS)
def test_the_addresses_by_number_show_the_same_and_stay_the_canonical_ones(
    client: Client, posts: list[Post], address: str
) -> None:
    for number, page in enumerate(walk(client, address), 1):
        by_number = address if number == 1 else f"{address}?page={number}"
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert canonical == f"http://testserver{by_number}"
        assert titles(read(client, by_number)) == titles(page)


@pytest.mark.parametrize(
    "query",
    [
        *("before=", "before=x", "before=1", "before=1_2_3", "before=²_1"),
        *("before=1_", "before=9999999999999999999999_1", "before=999999999999999999_1"),
        *("before=1_2&page=x", "before=1_2&page=0", "before=1_2&page=-1", "before=1.5_2"),
        "before=-999999999999999999_-999999999999999999",
    ],
)
def test_what_is_no_place_in_a_list_is_not_found(
    client: Client, posts: list[Post], query: str
) -> None:
    assert client.get(f"/?{query}").status_code == 404
    assert client.get(f"/series/walks/?{query}").status_code == 404


def test_a_place_where_nothing_follows_is_not_found(client: Client, posts: list[Post]) -> None:
    assert client.get("/?page=2&before=1_2").status_code == 404


def test_a_post_from_before_1970_has_a_place(client: Client, publish: Publish) -> None:
    for number in range(12):
        publish(f"Old {number}", datetime(1931, 5, 1, number, tzinfo=UTC))
    seen = [title for page in walk(client, "/") for title in titles(page)]
    assert seen == [f"Old {number}" for number in range(11, -1, -1)]


@pytest.mark.parametrize("number", [40, 1000])
@pytest.mark.parametrize("address", ["/", "/tags/common/", "/2011/05/", "/categories/all/"])
def test_a_later_page_costs_six_queries_at_most(
    client: Client,
    many_posts: Any,
    django_assert_max_num_queries: Any,
    address: str,
    number: int,
) -> None:
    many_posts(number, tag="common", category="all", at=datetime(2011, 5, 31, tzinfo=UTC))
    _first, second, third, *_others = walk(client, address)
    for page in (second, third):
        with django_assert_max_num_queries(6):
            client.get(str(page.base_url))


@pytest.mark.parametrize("number", [30, 600])
@pytest.mark.parametrize("subject", ["tags/common", "authors/ada-okafor"])
def test_the_posts_of_a_tag_or_an_author_are_in_order_be_they_few_or_many(
    client: Client, many_posts: Any, make_post: MakePost, number: int, subject: str
) -> None:
    many_posts(number, tag="common", at=MAY)
    make_post("A draft", tags=["common"], live=False)
    make_post("Another's", authors=[Author.objects.create(name="Bo")])
    Author.objects.exclude(name="Bo").update(slug="ada-okafor")
    expected = [f"Post {n}" for n in range(20)]
    first = read(client, f"/{subject}/")
    second = read(client, urljoin(f"/{subject}/", link(first, "next")))
    assert titles(first) + titles(second) == expected
    assert titles(read(client, f"/{subject}/?page=2")) == expected[10:]
    feed = client.get(f"/{subject}/feed/").text
    assert [f"<title>{title}</title>" in feed for title in expected[:16]] == [True] * 15 + [False]
