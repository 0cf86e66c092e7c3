"""Many replies of one sender in a few minutes."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from blog.models import Post
from tests.spam.conftest import Fill, Found


def test_the_last_replies_before_the_limit_tell_against_a_guest(
    post: Post, fill: Fill, found: Found
) -> None:
    scores = [found(fill(post, f"Number {n}.")).get("rate") for n in range(6)]
    assert scores == [None, None, None, 1, 1, 3]


def test_other_senders_have_their_own_count(post: Post, fill: Fill, found: Found) -> None:
    for n in range(8):
        comment = fill(post, f"Number {n}.", address=f"192.0.2.{n}")
        assert found(comment) == {}


def test_an_account_has_more_room_wherever_it_is(
    post: Post, ria: User, fill: Fill, found: Found
) -> None:
    scores = []
    for n in range(14):
        client = Client(REMOTE_ADDR=f"192.0.2.{n}")
        scores.append(found(fill(post, f"Number {n}.", user=ria, client=client)).get("rate"))
    assert scores == [None] * 13 + [1]


def test_ten_minutes_later_nothing_is_held_against_them(
    post: Post, fill: Fill, found: Found
) -> None:
    for n in range(5):
        fill(post, f"Number {n}.")
    assert found(fill(post, "Later.", seconds=11 * 60 + 60)) == {}
