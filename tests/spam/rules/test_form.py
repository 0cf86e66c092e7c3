"""What the reply form carries against robots, and what becomes of a form that tells of one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from blog.models import Post
from comments.models import HeldBecause, Status
from tests.replies import Send
from tests.spam.conftest import Fill, Found


def test_people_are_not_shown_the_field_for_robots_and_told_to_leave_it(
    client: Client, post: Post
) -> None:
    page = html.fromstring(client.get(f"/{post.address}/reply/").text)
    (field,) = page.xpath("//input[@name='subject']")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    (around,) = page.xpath("//p[.//input[@name='subject']]")
    assert (around.get("class"), around.get("aria-hidden")) == ("for-robots", "true")
    assert around.text_content().strip() == "Leave this empty"


def test_a_reply_with_the_field_filled_in_is_taken_and_held(
    post: Post, ria: User, fill: Fill, found: Found
) -> None:
    comment = fill(post, "A fine article.", user=ria, subject="Hello")
    assert found(comment)["honeypot"] == 6
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.FILTER)


@pytest.mark.parametrize(("seconds", "score"), [(1, 3), (5, 1), (9, None), (3600, None)])
def test_a_form_sent_sooner_than_anybody_types_tells_against_it(
    post: Post, fill: Fill, found: Found, seconds: float, score: int | None
) -> None:
    assert found(fill(post, "A fine article.", seconds=seconds)).get("haste") == score


@pytest.mark.parametrize("made", ["", "1700000000", "1700000000:forged", "nan:x", "é:ü", ":"])
def test_a_time_that_is_missing_or_forged_tells_a_little_and_is_no_error(
    post: Post, fill: Fill, found: Found, made: str
) -> None:
    comment = fill(post, "A fine article.", made=made)
    assert found(comment) == {"haste": 1}


def test_a_time_of_weeks_ago_counts_as_none(post: Post, fill: Fill, found: Found) -> None:
    assert found(fill(post, "A fine article.", seconds=30 * 24 * 3600)) == {"haste": 1}


def test_a_time_to_come_counts_as_none(post: Post, fill: Fill, found: Found) -> None:
    assert found(fill(post, "A fine article.", seconds=-24 * 3600)) == {"haste": 1}


def test_a_form_that_comes_back_with_an_error_keeps_its_time(post: Post, send: Send) -> None:
    def made(answer: Any) -> str:
        return str(html.fromstring(answer.text).xpath("//input[@name='made']/@value")[0])

    first = made(Client().get(f"/{post.address}/reply/"))
    assert made(send(post, reply="", made=first)) == first
    assert made(send(post, reply="", made="forged")) != "forged"


def test_a_form_without_any_of_it_is_taken(post: Post, send: Send) -> None:
    assert send(post).status_code == 303
