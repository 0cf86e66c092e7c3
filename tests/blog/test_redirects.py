"""What has another address than before is found by the old one."""

from __future__ import annotations

from itertools import count
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Author
from blog.models import Category, Redirect, Series, Tag
from tests.conftest import MakePost

NUMBERS = count()
pytestmark = pytest.mark.django_db
MAKERS: dict[str, Any] = {
    "tags": lambda slug: Tag.objects.create(name=f"Tag {next(NUMBERS)}", slug=slug),
    "categories": lambda slug: Category.objects.create(name=f"Category {slug}", slug=slug),
    "series": lambda slug: Series.objects.create(title=f"Series {slug}", slug=slug),
    "authors": lambda slug: Author.objects.create(name=f"Author {slug}", slug=slug),
}


@pytest.fixture(params=MAKERS)
def kind(request: Any) -> str:
    return str(request.param)


def rename(thing: Any, slug: str) -> None:
    thing.slug = slug
    thing.save()


@pytest.mark.parametrize("page", ["", "feed/", "feed/atom/", "feed/json/", "?page=1"])
def test_a_renamed_thing_redirects_with_its_feeds(client: Client, kind: str, page: str) -> None:
    thing = MAKERS[kind]("mastodon")
    rename(thing, "हिन्दी")
    rename(thing, "fediverse")
    for former in ("mastodon", "हिन्दी"):
        answer = client.get(f"/{kind}/{former}/{page}")
        assert (answer.status_code, answer["Location"]) == (301, f"/{kind}/fediverse/{page}")


def test_renaming_back_and_forth_makes_no_loop(client: Client, kind: str) -> None:
    thing = MAKERS[kind]("one")
    for slug in ("two", "one", "two", "one"):
        rename(thing, slug)
    assert client.get(f"/{kind}/one/").status_code == 200
    assert client.get(f"/{kind}/two/")["Location"] == f"/{kind}/one/"


def test_what_takes_the_name_has_the_address(client: Client, kind: str) -> None:
    thing = MAKERS[kind]("mastodon")
    rename(thing, "fediverse")
    other = MAKERS[kind]("mastodon")
    assert client.get(f"/{kind}/mastodon/").status_code == 200
    rename(other, "elephants")
    assert client.get(f"/{kind}/mastodon/")["Location"] == f"/{kind}/elephants/"
    assert client.get(f"/{kind}/fediverse/").status_code == 200


def test_what_is_deleted_leads_nowhere(client: Client, kind: str) -> None:
    thing = MAKERS[kind]("mastodon")
    rename(thing, "fediverse")
    thing.delete()
    assert client.get(f"/{kind}/mastodon/").status_code == 404
    assert not Redirect.objects.exists()


def test_another_name_alone_leaves_no_redirect(kind: str) -> None:
    thing = MAKERS[kind]("mastodon")
    thing.name = thing.title = "Otherwise"
    thing.save()
    assert not Redirect.objects.exists()


def test_all_that_is_within_a_category_moves_along(client: Client) -> None:
    news, town = MAKERS["categories"]("news"), MAKERS["categories"]("town")
    local = Category.objects.create(name="Local", slug="local", parent=news)
    Category.objects.create(name="Sport", slug="sport", parent=local)
    local.refresh_from_db()
    local.parent = town
    local.save()
    rename(town, "city")
    for former in ("news/local", "town/local"):
        answer = client.get(f"/categories/{former}/sport/feed/")
        assert answer["Location"] == "/categories/city/local/sport/feed/"
    assert client.get("/categories/news/").status_code == 200


def test_an_address_without_its_last_slash_is_found_too(client: Client) -> None:
    tag = MAKERS["tags"]("mastodon")
    rename(tag, "fediverse")
    answer = client.get("/tags/mastodon", follow=True)
    assert unquote(answer.request["PATH_INFO"]) == "/tags/fediverse/"


def test_a_redirect_is_asked_for_on_a_missing_page_alone(
    client: Client, make_post: MakePost, django_assert_num_queries: Any
) -> None:
    post = make_post("Here")
    with django_assert_num_queries(1):
        assert client.get("/no/such/page/").status_code == 404
    for path in ("/no/such/page", "/media/gone/", "/static/gone/"):
        with django_assert_num_queries(0):
            assert client.get(path).status_code == 404
    with CaptureQueriesContext(connection) as asked:
        assert client.get(post.get_absolute_url()).status_code == 200
    assert not [query for query in asked.captured_queries if "redirect" in query["sql"]]


def test_a_redirect_costs_one_query_and_reads_no_text(
    client: Client, kind: str, make_post: MakePost
) -> None:
    rename(MAKERS[kind]("mastodon"), "fediverse")
    Redirect.objects.create(path="/2001/01/fog/", post=make_post("Fog"))
    for path in (f"/{kind}/mastodon/", "/2001/01/fog/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 301
        (_the_page, redirect) = asked.captured_queries
        for column in ("body", "body_html", "excerpt_html", "description", "biography_html"):
            assert f'."{column}"' not in redirect["sql"]
