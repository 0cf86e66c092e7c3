"""What judging adds to a posting: three queries, whatever there is to know."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.namesakes import namesake
from blog.models import Post
from comments.models import Comment
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from spam import judge
from spam.base import Evidence
from spam.models import Word
from tests.replies import take_replies

ON_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a small table is read whole elsewhere"
)
TEXT = "All of us came to see https://a.example and the finest kettles that were ever made by hand."
GUEST: dict[str, Any] = {"name": "Wim", "email": "wim@example.org"}


def cost(post: Post, guest: dict[str, Any], **known: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        visitor = Visitor(address="192.0.2.1", **known)
        post_comment(post=post, body=TEXT, language="en", visitor=visitor, **guest)
    return len(asked)


def test_it_adds_two_queries_for_a_new_guest_and_three_for_a_known_person(
    post: Post, ria: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Word.objects.bulk_create(Word(hash=n, ham=99, spam=99) for n in range(50))
    known = Comment.objects.get()
    # The names of authors and moderators are known for a minute.
    namesake("Wim", besides=None)
    # Whichever reply is the first that is counted under a post makes the row that counts.
    take_replies(post, is_paused=False)
    senders: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (GUEST, {}),
        (GUEST, {"own_replies": [known.pk]}),
        ({}, {"user": ria}),
    ]
    judged = [cost(post, guest, **proven) for guest, proven in senders]
    monkeypatch.setattr(judge, "look_up", lambda *args, **kwargs: Evidence())
    blind = [cost(post, guest, **proven) for guest, proven in senders]
    assert [one - other for one, other in zip(judged, blind, strict=True)] == [2, 3, 3]


def test_of_ten_thousand_with_the_same_text_it_reads_fifty(post: Post) -> None:
    first = post_comment(post=post, body=TEXT, language="en", **GUEST)
    Comment.objects.bulk_create(
        Comment(post=post, path=f"{n:022d}", name="Wim", body=TEXT, text_hash=first.text_hash)
        for n in range(10_000)
    )
    comment = post_comment(post=post, body=TEXT, language="en", **GUEST)
    (finding,) = [one for one in comment.findings if one["rule"] == "repeated"]
    assert finding["facts"]["n"] == 50


def plans(post: Post, visitor: Visitor, part: str, **guest: Any) -> set[str]:
    """Return by what the database finds the rows of the queries with this part, for a new reply."""
    with CaptureQueriesContext(connection) as asked:
        post_comment(post=post, body=TEXT, language="en", visitor=visitor, **guest)
    found = set()
    with connection.cursor() as cursor:
        for sql in (one["sql"] for one in asked if part in one["sql"]):
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            found.add("; ".join(row[3] for row in cursor.fetchall()))
    return found


@ON_SQLITE
def test_each_query_is_answered_by_an_index(post: Post, ria: User) -> None:
    (plan,) = plans(post, Visitor(user=ria, address="192.0.2.1"), '"text_hash" =')
    for index in ("comment_by_text", "comment_by_address", "comment_by_account"):
        assert index in plan
    assert "SCAN" not in plan


@ON_SQLITE
def test_what_a_writer_sent_before_is_found_by_account_or_by_id(post: Post, ria: User) -> None:
    known = Comment.objects.get()
    of_account = plans(post, Visitor(user=ria), '"confirmed_at", "comments_comment"."post_id"')
    assert of_account == {"SEARCH comments_comment USING INDEX comment_by_account (user_id=?)"}
    guest = Visitor(own_replies=[known.pk])
    of_guest = plans(post, guest, '"confirmed_at", "comments_comment"."post_id"', **GUEST)
    assert of_guest == {"SEARCH comments_comment USING INTEGER PRIMARY KEY (rowid=?)"}
