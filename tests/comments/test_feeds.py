"""Replies for subscribers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import etree
from pytest_django.fixtures import DjangoAssertNumQueries

from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply
from comments.verbs.leading import pause
from comments.visitor import Visitor
from moderation.deciding import decide
from tests.comments.thread.test_threads import fill
from tests.conftest import MakePost
from tests.replies import MakeReply


def parsed(answer: Any) -> Any:
    etree.fromstring(answer.content)
    return feedparser.parse(answer.content)


@pytest.fixture(params=["post", "site"])
def feed_url(request: pytest.FixtureRequest, post: Post) -> str:
    return "/comments/feed/" if request.param == "site" else f"/{post.address}/comments/feed/"


def test_a_feed_says_who_wrote_what_and_where(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    comment = make_reply(post, "A [link](/about/) and **words**.", name="Ria & Co")
    answer = client.get(feed_url)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    (entry,) = parsed(answer).entries
    assert entry.author == "Ria & Co"
    assert entry.link == f"http://testserver/comments/{comment.pk}/"
    assert entry.id == comment.uid.urn
    assert "<strong>words</strong>" in entry.content[0].value
    assert 'href="http://testserver/about/"' in entry.content[0].value


def test_newest_come_first_and_hidden_ones_not_at_all(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    for text in ("First.", "Second."):
        make_reply(post, text)
    for status in set(Status) - {Status.APPROVED, Status.PENDING}:
        make_reply(post, "Hidden.", status=status)
    texts = [entry.content[0].value for entry in parsed(client.get(feed_url)).entries]
    assert texts == ["<p>Second.</p>", "<p>First.</p>"]


def test_a_changed_reply_makes_the_feed_a_newer_one(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        comment = make_reply(post)
    before = client.get(feed_url)["Last-Modified"]
    edit_reply(comment=comment, body="Other words.", visitor=Visitor(own_replies=[comment.pk]))
    answer = client.get(feed_url, headers={"If-Modified-Since": before})
    assert (answer.status_code, "Other words." in answer.text) == (200, True)


def test_who_has_the_feed_already_gets_304_until_something_changes(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    comment = make_reply(post)
    first = client.get(feed_url)
    again = client.get(feed_url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        date = client.get(feed_url)["Last-Modified"]
        assert client.get(feed_url, headers={"If-Modified-Since": date}).status_code == 304
    decide(comments=[comment], decision=Status.REMOVED, by=None)
    assert client.get(feed_url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_removal_is_news_to_who_asks_by_date_too(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    kept, gone = make_reply(post, "Kept."), make_reply(post, "Gone.")
    # A feed is dated before its last change until that is two seconds old.
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        first = client.get(feed_url)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        decide(comments=[gone], decision=Status.REMOVED, by=None)
        answer = client.get(feed_url, headers={"If-Modified-Since": first["Last-Modified"]})
    assert answer.status_code == 200
    assert [entry.id for entry in parsed(answer).entries] == [kept.uid.urn]


def test_a_pause_is_a_change_of_the_post_for_who_asks_by_date(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    make_reply(post)
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        first = client.get(feed_url)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        pause(post=post)
        answer = client.get(feed_url, headers={"If-Modified-Since": first["Last-Modified"]})
    assert answer.status_code == 200


def test_an_empty_feed_is_a_feed(client: Client, feed_url: str) -> None:
    answer = client.get(feed_url)
    assert parsed(answer).entries == []
    assert client.get(feed_url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_characters_that_xml_forbids_leave_valid_xml(
    client: Client, post: Post, make_reply: MakeReply, feed_url: str
) -> None:
    make_reply(post, "Bell \x07 and ]]> and \ufffe.", name="A\x0bB")
    assert len(parsed(client.get(feed_url)).entries) == 1


def test_replies_under_posts_that_are_away_are_in_no_feed(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post)
    publishing.withdraw(post=post, by=None)
    assert parsed(client.get("/comments/feed/")).entries == []
    assert client.get(f"/{post.address}/comments/feed/").status_code == 404


def test_a_posts_feed_speaks_the_posts_language(
    client: Client, make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post(language="nl")
    make_reply(post)
    answer = client.get(f"/{post.address}/comments/feed/", headers={"Accept-Language": "de"})
    assert parsed(answer).feed.language == "nl"


@pytest.mark.parametrize("number", [10, 1000])
def test_a_feed_takes_the_same_queries_whatever_its_size(
    client: Client,
    post: Post,
    feed_url: str,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(post, number)
    assert Comment.objects.count() == number
    with django_assert_max_num_queries(3):
        client.get(feed_url)
