"""Who asks by date alone (RFC 9110, 13.1.3) misses nothing: dates never go back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

from accounts.roles import Role
from blog import publishing
from blog.changes import last_change
from blog.models import Category, NotedChange, Post, Series, Tag
from blog.tasks import forget_changes
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation.deciding import decide
from tests.conftest import MakePost

# After the date at which the database was made.
NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
SUFFIXES = ["feed/", "feed/atom/", "feed/json/"]
EVERYTHING = [*(f"/{suffix}" for suffix in SUFFIXES), "/sitemap.xml", "/sitemap-posts.xml"]


@pytest.fixture(autouse=True)
def as_migrations_leave_it(db: None) -> None:
    """A test that really commits empties every table after itself."""
    for scope in NotedChange.Scope:
        if not NotedChange.objects.filter(scope=scope).exists():
            NotedChange.objects.create(scope=scope, at=timezone.now())


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def three(clock: time_machine.Traveller, make_post: MakePost) -> list[Post]:
    """Three posts in one category, written one after the other; oldest first."""
    category = Category.objects.create(name="Water", slug="water")
    posts = []
    for hour, title in enumerate(("Rain", "Snow", "Hail")):
        posts.append(make_post(title, at=NOON + timedelta(hours=hour), category=category))
        clock.shift(3600)
    return posts


def see_change(
    client: Client, clock: Any, address: str, change: Callable[[], object]
) -> tuple[Any, Any]:
    """What a reader is sent before a change, and after it to whoever asks by the former date."""
    first = client.get(address)
    clock.shift(60)
    change()
    clock.shift(60)
    again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
    assert parse_http_date(again["Last-Modified"]) > parse_http_date(first["Last-Modified"])
    known = client.get(address, headers={"If-Modified-Since": again["Last-Modified"]})
    assert known.status_code == 304
    return first, again


@pytest.mark.parametrize("address", EVERYTHING)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_deleted_post_is_gone_for_who_asks_by_date(
    client: Client, clock: Any, three: list[Post], which: int, address: str
) -> None:
    gone = three[which]
    first, again = see_change(client, clock, address, lambda: publishing.delete(post=gone))
    if address != "/sitemap.xml":
        assert str(gone.address) in first.text
        assert str(gone.address) not in again.text


def test_the_date_does_not_go_back_at_the_moment_of_a_deletion(
    client: Client, clock: Any, three: list[Post]
) -> None:
    before = parse_http_date(client.get("/feed/")["Last-Modified"])
    publishing.delete(post=three[2])
    answer = client.get("/feed/")
    assert parse_http_date(answer["Last-Modified"]) >= before


def test_the_last_post_of_a_feed_is_gone_too(client: Client, clock: Any, three: list[Post]) -> None:
    for post in three[1:]:
        publishing.delete(post=post)
    see_change(client, clock, "/categories/water/feed/", three[0].delete)


def test_a_post_that_was_withdrawn_and_then_deleted_takes_no_date_back(
    client: Client, clock: Any, three: list[Post]
) -> None:
    see_change(client, clock, "/feed/", lambda: publishing.withdraw(post=three[2], by=None))
    see_change(client, clock, "/feed/", lambda: publishing.delete(post=three[2]))


def move_to(category: Category, post: Post) -> None:
    post.category = category
    publishing.save_post(post=post, by=None)


def test_a_post_that_moves_to_another_category_leaves_the_feed_of_the_first(
    client: Client, clock: Any, three: list[Post]
) -> None:
    other = Category.objects.create(name="Air", slug="air")
    see_change(client, clock, "/categories/water/feed/", lambda: move_to(other, three[2]))


def rename(thing: Any, field: str) -> None:
    setattr(thing, field, "Another name")
    thing.save()


@pytest.mark.parametrize("has_posts", [True, False])
@pytest.mark.parametrize("kind", ["authors", "categories", "tags", "series"])
def test_what_is_renamed_says_so_in_its_feed(
    client: Client, clock: Any, make_post: MakePost, make_author: Any, kind: str, has_posts: bool
) -> None:
    above = Category.objects.create(name="Above", slug="above")
    things = {
        "authors": make_author("Ada"),
        "categories": above,
        "tags": Tag.objects.create(name="Fog", slug="fog"),
        "series": Series.objects.create(title="Mist", slug="mist"),
    }
    if has_posts:
        make_post(
            authors=[things["authors"]],
            category=Category.objects.create(name="Below", slug="below", parent=above),
            tags=["Fog"],
            series=things["series"],
        )
    address = f"{things[kind].get_absolute_url()}feed/"
    field = "title" if kind == "series" else "name"
    _first, again = see_change(client, clock, address, lambda: rename(things[kind], field))
    assert "Another name" in again.text


@pytest.mark.parametrize("address", EVERYTHING)
def test_two_changes_within_one_second_are_two(
    client: Client, clock: Any, make_post: MakePost, address: str
) -> None:
    clock.move_to(NOON + timedelta(milliseconds=100))
    make_post("One", at=NOON)
    clock.shift(0.2)
    between = client.get(address)
    clock.shift(0.2)
    post = make_post("Two", at=NOON)
    for seconds in (0.1, 1, 1, 1, 60):
        clock.shift(seconds)
        known = {"If-Modified-Since": between["Last-Modified"]}
        answer = client.get(address, headers=known)
        assert answer.status_code == 200
        assert str(post.address) in answer.text or address == "/sitemap.xml"


def test_a_post_whose_time_comes_in_the_second_of_another_change_is_sent(
    client: Client, clock: Any, make_post: MakePost
) -> None:
    make_post("To come", at=NOON + timedelta(milliseconds=500))
    between = client.get("/feed/")
    clock.shift(0.6)
    for seconds in (0, 1, 2, 60):
        clock.shift(seconds)
        known = {"If-Modified-Since": between["Last-Modified"]}
        assert "To come" in client.get("/feed/", headers=known).text


def test_the_date_is_never_later_than_the_answer(
    client: Client, clock: Any, make_post: MakePost
) -> None:
    make_post(at=NOON)
    assert parse_http_date(client.get("/feed/")["Last-Modified"]) <= NOON.timestamp()


# --- conversations ---


def reply(post: Post, **fields: Any) -> Comment:
    fields = fields or {"name": "Wim", "email": "wim@example.org"}
    comment = post_comment(post=post, body="Well said.", language="en", **fields)
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    return comment


def test_replies_go_with_their_post_for_who_asks_by_date(
    client: Client, clock: Any, three: list[Post]
) -> None:
    reply(three[0])
    comment = reply(three[2])
    clock.shift(60)
    first, again = see_change(
        client, clock, "/comments/feed/", lambda: publishing.delete(post=three[2])
    )
    assert comment.uid.urn in first.text
    assert comment.uid.urn not in again.text


def test_replies_under_a_withdrawn_post_are_gone_for_who_asks_by_date(
    client: Client, clock: Any, three: list[Post]
) -> None:
    reply(three[0])
    see_change(
        client, clock, "/comments/feed/", lambda: publishing.withdraw(post=three[0], by=None)
    )


@pytest.mark.parametrize("of_post", [True, False])
def test_who_takes_another_name_has_it_in_the_feed(
    client: Client, clock: Any, three: list[Post], make_user: Any, of_post: bool
) -> None:
    user = make_user("ada", display_name="Ada")
    reply(three[0], visitor=Visitor(user=user))
    address = f"/{three[0].address}/comments/feed/" if of_post else "/comments/feed/"
    _first, again = see_change(client, clock, address, lambda: rename(user, "display_name"))
    assert "Another name" in again.text


def test_a_reply_that_took_long_to_arrive_is_not_missed(
    client: Client, clock: Any, three: list[Post], make_user: Any
) -> None:
    """The filter may ask another server first, and another reply comes in meanwhile."""
    reply(three[0])
    clock.shift(10)
    between = client.get("/comments/feed/")
    slow = post_comment(
        post=three[0],
        body="Thank you.",
        language="en",
        visitor=Visitor(user=make_user("ada", role=Role.EDITOR)),
        at=timezone.now() - timedelta(seconds=30),
    )
    assert slow.is_approved
    clock.shift(10)
    answer = client.get("/comments/feed/", headers={"If-Modified-Since": between["Last-Modified"]})
    assert slow.uid.urn in answer.text


# --- nothing yet ---


def test_the_feed_of_a_conversation_without_replies_gives_no_date_of_its_own(
    client: Client, clock: Any, three: list[Post]
) -> None:
    for address in (f"/{three[0].address}/comments/feed/", "/comments/feed/"):
        answer = client.get(address)
        assert "1970" not in answer.text
        assert "<lastBuildDate>" not in answer.text
        assert parse_http_date(answer["Last-Modified"]) >= NOON.timestamp()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_feed_without_posts_does_not_say_1970(
    client: Client, clock: Any, three: list[Post], suffix: str
) -> None:
    Tag.objects.create(name="Fog", slug="fog")
    answer = client.get(f"/tags/fog/{suffix}")
    assert answer.status_code == 200
    assert "1970" not in answer.text


def test_of_what_is_noted_the_latest_alone_is_kept(clock: Any, three: list[Post]) -> None:
    for post in three[1:]:
        publishing.delete(post=post)
        clock.shift(60)
    before = last_change()
    forget_changes.func()
    assert NotedChange.objects.count() == 2
    assert last_change() == before
