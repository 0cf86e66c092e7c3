"""The pages that list posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring

from accounts.models import Author
from blog.models import Category, Series
from tests.conftest import MakePost


def test_home_shows_live_posts_newest_first(client: Client, make_post: MakePost) -> None:
    now = timezone.now()
    make_post("Older", at=now - timedelta(days=2))
    make_post("Newer", at=now - timedelta(days=1))
    make_post("Future", at=now + timedelta(days=1))
    make_post("Draft", live=False)
    page = client.get("/").text
    assert page.index("Newer") < page.index("Older")
    assert "Future" not in page
    assert "Draft" not in page


def test_home_of_an_empty_site_is_a_page(db: None, client: Client) -> None:
    assert client.get("/").status_code == 200


def test_a_list_comes_in_pages(client: Client, many_posts: Any) -> None:
    many_posts(25)
    assert client.get("/?page=3").status_code == 200
    first = client.get("/").text
    assert "?page=2" in first


@pytest.mark.parametrize("number", ["0", "-1", "4", "abc", "99999999999999999999", "1.5", "²"])
def test_a_page_that_does_not_exist_is_not_found(
    client: Client, many_posts: Any, number: str
) -> None:
    many_posts(25)
    assert client.get("/", {"page": number}).status_code == 404


def test_a_month_holds_what_was_published_in_it_in_the_sites_zone(
    client: Client, make_post: MakePost
) -> None:
    make_post("May night", at=datetime(2011, 5, 31, 21, 59, tzinfo=UTC))
    make_post("June night", at=datetime(2011, 5, 31, 22, 1, tzinfo=UTC))
    may, june = client.get("/2011/05/").text, client.get("/2011/06/").text
    assert "May night" in may
    assert "June night" not in may
    assert "June night" in june
    year = client.get("/2011/").text
    assert "May night" in year
    assert "June night" in year


def test_a_month_without_posts_is_not_found(db: None, client: Client) -> None:
    assert client.get("/2011/05/").status_code == 404
    assert client.get("/2999/12/").status_code == 404


def test_a_category_holds_what_is_below_it(client: Client, make_post: MakePost) -> None:
    news = Category.objects.create(name="News", slug="news")
    local = Category.objects.create(name="Local", slug="local", parent=news)
    newsroom = Category.objects.create(name="Newsroom", slug="newsroom")
    make_post("In the street", category=local)
    make_post("Behind the desk", category=newsroom)
    page = client.get("/categories/news/").text
    assert "In the street" in page
    assert "Behind the desk" not in page
    assert "In the street" in client.get("/categories/news/local/").text


def test_a_tag_is_one_whatever_its_capitals(client: Client, make_post: MakePost) -> None:
    make_post("One", tags=["Zürich"])
    make_post("Two", tags=["ZÜRICH"])
    page = client.get("/tags/zürich/").text
    assert "One" in page
    assert "Two" in page


def test_an_author_has_a_page_of_their_posts(client: Client, make_post: MakePost) -> None:
    ada, bob = Author.objects.create(name="Ada"), Author.objects.create(name="Bob")
    make_post("Together", authors=[ada, bob])
    make_post("Alone", authors=[bob])
    page = client.get(ada.get_absolute_url()).text
    assert "Together" in page
    assert "Alone" not in page


def test_a_series_is_in_its_own_order(client: Client, make_post: MakePost) -> None:
    series = Series.objects.create(title="Walks", slug="walks")
    now = timezone.now()
    make_post("Second walk", series=series, series_position=2, at=now - timedelta(days=9))
    make_post("First walk", series=series, series_position=1, at=now - timedelta(days=1))
    page = client.get("/series/walks/").text
    assert page.index("First walk") < page.index("Second walk")


def test_a_language_has_its_posts(client: Client, make_post: MakePost) -> None:
    make_post("Goedemorgen", language="nl")
    make_post("Good morning", language="en")
    page = client.get("/languages/nl/").text
    assert "Goedemorgen" in page
    assert "Good morning" not in page


@pytest.mark.parametrize(
    "address",
    ["/tags/none/", "/categories/none/", "/authors/none/", "/series/none/", "/languages/xx/"],
)
def test_a_list_of_nothing_known_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [10, 1000])
@pytest.mark.parametrize(
    "address", ["/", "/tags/common/", "/2011/", "/2011/05/", "/languages/en/", "/categories/all/"]
)
def test_a_list_costs_six_queries_at_most(
    client: Client,
    many_posts: Any,
    django_assert_max_num_queries: Any,
    address: str,
    number: int,
) -> None:
    many_posts(number, tag="common", category="all", at=datetime(2011, 5, 1, tzinfo=UTC))
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200


def test_the_newest_posts_picture_leads_the_front_page(
    client: Client, make_post: MakePost, make_image: Any
) -> None:
    image = make_image(alt="A kettle", focal_x=0.2, focal_y=0.84)
    make_post("With a picture", lead_image=image)
    page = client.get("/").text
    picture = page[page.index("lead-picture") : page.index("With a picture")]
    assert f'src="{image.usual_url}"' in picture
    assert 'alt="A kettle"' in picture
    assert "focus-x2 focus-y8" in picture
    assert 'fill="#b5532b"' in picture


def test_who_made_a_post_is_named_in_order_with_what_they_did(
    client: Client, make_post: MakePost
) -> None:
    names = ("Ada", "Bo", "Cy")
    ada, bo, cy = (Author.objects.create(name=name) for name in names)
    make_post("By three", authors=[ada, bo, cy])
    post = ada.posts.get()
    post.bylines.filter(author=cy).update(role="translator")
    (line,) = fromstring(client.get("/").text).find_class("byline")
    assert " ".join(line.text_content().split()) == "By Ada, Bo and Cy (translator)"


def test_a_list_shows_the_excerpt_of_a_post_without_a_summary(
    client: Client, make_post: MakePost
) -> None:
    make_post("Bread", body="We *bake*.\n\n<!-- more -->\n\nThen we eat.")
    make_post("Salt", body="Only this.", summary="About salt.")
    bread, salt = reversed(fromstring(client.get("/").text).find_class("h-entry"))
    (excerpt,) = bread.find_class("p-summary")
    assert (excerpt.text_content().strip(), excerpt.findtext(".//em")) == ("We bake.", "bake")
    (link,) = bread.find_class("read-on")
    assert " ".join(link.text_content().split()) == "Read on: Bread"
    assert salt.find_class("p-summary")[0].text_content() == "About salt."
    assert not salt.find_class("read-on")


def test_the_archive_leads_to_no_empty_page(client: Client, make_post: MakePost) -> None:
    top = Category.objects.create(name="Top", slug="top")
    below = Category.objects.create(name="Below", slug="below", parent=top)
    Category.objects.create(name="Bare", slug="bare")
    Category.objects.create(name="Drafts", slug="drafts")
    make_post("Seen", category=below)
    make_post("Unseen", category=Category.objects.get(slug="drafts"), live=False)
    page = client.get("/archive/").text
    assert 'href="/categories/top/"' in page
    assert 'href="/categories/top/below/"' in page
    assert "/categories/bare/" not in page
    assert "/categories/drafts/" not in page
