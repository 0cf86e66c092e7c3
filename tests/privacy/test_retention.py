"""What is kept for a time only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from following.models import Follow
from moderation.deciding import decide, undo
from moderation.models import Batch, Rule
from spam.models import Word
from tests.replies import MakeReply

pytestmark = pytest.mark.django_db
After = Callable[[int], None]


@pytest.fixture
def after(run_tasks: Callable[[], Any]) -> After:
    """after(days) lets so many days pass, and the worker do its rounds."""

    def wait(days: int) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            run_tasks()

    return wait


def test_address_hashes_are_forgotten_after_two_weeks(
    post: Post, make_reply: MakeReply, after: After
) -> None:
    comment = make_reply(post, address="192.0.2.1")
    after(13)
    comment.refresh_from_db()
    assert comment.address_hash
    after(15)
    comment.refresh_from_db()
    assert comment.address_hash == ""


def test_one_address_has_another_hash_the_week_after(post: Post, make_reply: MakeReply) -> None:
    first = make_reply(post, address="192.0.2.1")
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        second = make_reply(post, address="192.0.2.1")
    assert first.address_hash != second.address_hash


@pytest.mark.parametrize("status", [Status.SPAM, Status.REJECTED])
def test_unwanted_replies_go_after_thirty_days(
    post: Post, make_reply: MakeReply, after: After, status: Status
) -> None:
    make_reply(post, status=status)
    after(29)
    assert Comment.objects.exists()
    after(31)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("status", [Status.SPAM, Status.REJECTED])
def test_an_old_reply_can_be_brought_back_for_thirty_days(
    post: Post, make_reply: MakeReply, mo: User, after: After, status: Status
) -> None:
    """However old a reply is, who turned it away by mistake has time to notice."""
    old = make_reply(post, at=timezone.now() - timedelta(days=60))
    outcome = decide(comments=[old], decision=status, by=mo)
    after(29)
    assert undo(batch=outcome.batch, by=mo).changed == [old]
    decide(comments=[old], decision=status, by=mo)
    after(31)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("status", [Status.SPAM, Status.REJECTED])
def test_of_what_others_answered_only_the_place_stays(
    client: Client, post: Post, make_reply: MakeReply, after: After, status: Status
) -> None:
    unwanted = make_reply(
        post, "A memorable pill.", name="Rob", email="rob@example.org", website="https://r.example/"
    )
    make_reply(post, "An answer.", parent=unwanted)
    decide(comments=[unwanted], decision=status, by=None)
    after(29)
    unwanted.refresh_from_db()
    assert unwanted.body == "A memorable pill."
    after(31)
    after(31)
    unwanted.refresh_from_db()
    assert (unwanted.name, unwanted.email, unwanted.website) == ("", "", "")
    assert (unwanted.body, unwanted.body_html, unwanted.findings) == ("", "", [])
    page = client.get(post.get_absolute_url()).text
    assert "This reply is not shown." in page
    assert "An answer." in page


def test_nobody_brings_back_an_empty_place(
    post: Post, make_reply: MakeReply, mo: User, after: After
) -> None:
    make_reply(post, "An answer.", parent=(unwanted := make_reply(post)))
    batch = decide(comments=[unwanted], decision=Status.REJECTED, by=mo).batch
    after(31)
    assert not undo(batch=batch, by=mo).changed
    assert not decide(comments=[unwanted], decision=Status.APPROVED, by=mo).changed
    unwanted.refresh_from_db()
    assert unwanted.status == Status.REJECTED


def test_what_the_filter_learned_from_them_stays_learned(
    post: Post, make_reply: MakeReply, mo: User, after: After
) -> None:
    for body in ("Cheap pills.", "Cheaper pills."):
        make_reply(post, "Thank you.", parent=(spam := make_reply(post, body)))
        decide(comments=[spam], decision=Status.SPAM, by=mo)
    after(0)
    taught = set(Word.objects.values_list("hash", "spam"))
    assert max(number for _hash, number in taught) == 2
    after(31)
    assert not Comment.objects.filter(status=Status.SPAM).exclude(body="").exists()
    assert set(Word.objects.values_list("hash", "spam")) == taught


def test_a_batch_goes_with_the_last_of_its_lines(
    post: Post, make_reply: MakeReply, mo: User, after: After
) -> None:
    spam, removed = [make_reply(post, "Cheap pills.")], [make_reply(post, "Rude words.")]
    gone = decide(comments=spam, decision=Status.SPAM, by=mo).batch
    kept = decide(comments=removed, decision=Status.REMOVED, by=mo).batch
    after(29)
    assert Batch.objects.filter(pk=gone.pk).exists()
    after(31)
    assert not Batch.objects.filter(pk=gone.pk).exists()
    assert undo(batch=kept, by=mo).changed == removed


def test_a_batch_that_has_no_line_yet_stays(mo: User, after: After) -> None:
    """The background writes the lines of a long list later."""
    batch = Batch.objects.create(by=mo)
    after(29)
    assert Batch.objects.filter(pk=batch.pk).exists()


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PENDING, Status.REMOVED])
def test_other_replies_stay(
    post: Post, make_reply: MakeReply, after: After, status: Status
) -> None:
    make_reply(post, status=status)
    after(400)
    assert Comment.objects.exists()


def test_a_follow_that_nobody_confirmed_goes_after_two_weeks(post: Post, after: After) -> None:
    Follow.objects.create(post=post, email="wim@example.org", scope="all", language="en")
    Follow.objects.create(
        post=post,
        email="bob@example.org",
        scope="all",
        language="en",
        confirmed_at=timezone.now(),
    )
    after(15)
    assert [follow.email for follow in Follow.objects.all()] == ["bob@example.org"]


def kinds() -> list[str]:
    return list(Rule.objects.order_by("kind").values_list("kind", flat=True))


def test_rules_go_a_month_after_they_ended_and_about_an_address_after_two_weeks(
    after: After,
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    for kind, until in (("email", None), ("account", tomorrow), ("address", None)):
        Rule.objects.create(kind=kind, value=kind, effect="ban", expires_at=until)
    after(13)
    assert kinds() == ["account", "address", "email"]
    after(15)
    assert kinds() == ["account", "email"]
    after(32)
    assert kinds() == ["email"]


def test_by_then_a_rule_about_an_address_meets_nothing(post: Post, make_reply: MakeReply) -> None:
    """Made by the reply that just came, and asked by one from the same place."""
    with time_machine.travel(datetime(2030, 5, 1, 12, tzinfo=UTC), tick=False) as clock:
        first = make_reply(post, address="192.0.2.1")
        Rule.objects.create(kind="address", value=first.address_hash, effect="hold")
        assert make_reply(post, "Now.", address="192.0.2.1").held_because == HeldBecause.RULE
        clock.shift(timedelta(days=14))
        assert make_reply(post, "Then.", address="192.0.2.1").held_because != HeldBecause.RULE
