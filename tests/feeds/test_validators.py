"""Who has the feed already is told so, cheaply, and never when anything in it is other than it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from blog import publishing
from blog.models import Post
from comments.models import Conversation
from images.library import change_image
from images.models import Image

SUFFIXES = ["feed/", "feed/atom/", "feed/json/"]


def etag(client: Client, address: str = "/feed/") -> str:
    return client.get(address)["ETag"]


@pytest.mark.parametrize(
    ("address", "language"),
    [
        *(("/" + suffix, "en") for suffix in SUFFIXES),
        ("/languages/nl/feed/", "nl"),
        ("/comments/feed/", "en"),
        ("{post}comments/feed/", "nl"),
    ],
)
def test_a_304_names_the_language_of_the_feed_as_its_200_does(
    client: Client, post: Post, address: str, language: str
) -> None:
    address = address.format(post=post.get_absolute_url())
    reader = {"Accept-Language": "de"}
    first = client.get(address, headers=reader)
    again = client.get(address, headers=reader | {"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Language"] == again["Content-Language"] == language


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_feed_answers_304_by_tag_and_by_date(
    client: Client, post: Post, listings: list[str], suffix: str
) -> None:
    for listing in listings:
        first = client.get(listing + suffix)
        by_tag = client.get(listing + suffix, headers={"If-None-Match": first["ETag"]})
        assert (by_tag.status_code, by_tag.content) == (304, b"")
        assert by_tag["ETag"] == first["ETag"]
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        for listing in listings:
            date = client.get(listing + suffix)["Last-Modified"]
            by_date = client.get(listing + suffix, headers={"If-Modified-Since": date})
            assert (by_date.status_code, by_date.content) == (304, b"")


def test_a_304_is_answered_from_one_query(
    client: Client, post: Post, django_assert_num_queries: Any
) -> None:
    tag = etag(client)
    with django_assert_num_queries(1):
        client.get("/feed/", headers={"If-None-Match": tag})


def test_caches_may_keep_a_feed_but_must_ask(client: Client, post: Post) -> None:
    response = client.get("/feed/")
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


def test_formats_and_hosts_do_not_share_a_tag(client: Client, post: Post, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    tags = {etag(client, f"/{suffix}") for suffix in SUFFIXES}
    tags.add(client.get("/feed/", headers={"Host": "elsewhere.example"})["ETag"])
    assert len(tags) == 4


def change_text(post: Post, picture: Image) -> None:
    post.body += " More."
    publishing.save_post(post=post, by=None)


def change_credit(post: Post, picture: Image) -> None:
    picture.credit = "Someone else"
    change_image(image=picture)


def withdraw(post: Post, picture: Image) -> None:
    publishing.withdraw(post=post, by=None)


def rename_author(post: Post, picture: Image) -> None:
    author = post.authors.all()[0]
    author.name = "Ada Okafor-Smit"
    author.save()


def rename_category(post: Post, picture: Image) -> None:
    assert post.category
    post.category.name = "Rivers"
    post.category.save()


def rename_tag(post: Post, picture: Image) -> None:
    tag = post.tags.all()[0]
    tag.name = "Haze"
    tag.save()


def delete_tag(post: Post, picture: Image) -> None:
    post.tags.all()[0].delete()


def change_authors(post: Post, picture: Image) -> None:
    last = post.bylines.all()[1].author
    publishing.save_post(post=post, by=None, bylines=[(last, "author")])


CHANGES = [
    change_text,
    change_credit,
    withdraw,
    rename_author,
    rename_category,
    rename_tag,
    delete_tag,
    change_authors,
]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_that_subscribers_see_is_sent(
    client: Client,
    post: Post,
    picture: Image,
    make_post: Any,
    django_capture_on_commit_callbacks: Any,
    change: Callable[[Post, Image], None],
    suffix: str,
) -> None:
    make_post("Another", at=timezone.now() - timedelta(minutes=1))
    first = client.get(f"/{suffix}")
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            change(post, picture)
        for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = client.get(f"/{suffix}", headers={name: first[value]})
            assert again.status_code == 200
            assert again.content != first.content


@pytest.mark.parametrize("place", ["in the text", "above the text"])
def test_the_credit_of_a_picture_counts_wherever_it_stands(
    client: Client,
    post: Post,
    picture: Image,
    django_capture_on_commit_callbacks: Any,
    place: str,
) -> None:
    if place == "in the text":
        post.lead_image = None
    else:
        post.body = "No picture here."
    publishing.save_post(post=post, by=None)
    before = etag(client)
    with django_capture_on_commit_callbacks(execute=True):
        change_credit(post, picture)
    assert etag(client) != before
    assert "Someone else" in client.get("/feed/").text


def test_a_scheduled_post_is_sent_when_its_time_has_come(
    client: Client, post: Post, make_post: Any
) -> None:
    due = timezone.now() + timedelta(hours=2)
    make_post("To come", at=due)
    first = client.get("/feed/")
    assert "To come" not in first.text
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        by_tag = client.get("/feed/", headers={"If-None-Match": first["ETag"]})
        by_date = client.get("/feed/", headers={"If-Modified-Since": first["Last-Modified"]})
        assert "To come" in by_tag.text
        assert "To come" in by_date.text


def test_a_withdrawn_post_is_gone_from_the_next_answer(client: Client, post: Post) -> None:
    assert post.title in client.get("/feed/json/").json()["items"][0]["title"]
    publishing.withdraw(post=post, by=None)
    assert client.get("/feed/json/").json()["items"] == []


def test_a_draft_being_written_changes_no_tag(client: Client, post: Post, make_post: Any) -> None:
    before = etag(client)
    draft = make_post("A draft", live=False)
    draft.body += " More."
    publishing.save_post(post=draft, by=None)
    assert etag(client) == before


def test_replies_change_no_feed_of_posts(client: Client, post: Post) -> None:
    before = etag(client)
    Conversation.objects.create(post=post, reply_count=7)
    assert etag(client) == before


def test_a_date_in_the_future_is_no_excuse(client: Client, post: Post) -> None:
    future = http_date(timezone.now().timestamp() + 3600)
    response = client.get(
        "/feed/", headers={"If-None-Match": '"other"', "If-Modified-Since": future}
    )
    assert response.status_code == 200


@pytest.mark.parametrize("value", ["yesterday", "\x80", "Sat, 99 Foo 2011 99:99:99 GMT", "0" * 400])
def test_nonsense_in_conditions_is_ignored(client: Client, post: Post, value: str) -> None:
    for name in ("If-None-Match", "If-Modified-Since"):
        assert client.get("/feed/", headers={name: value}).status_code == 200
