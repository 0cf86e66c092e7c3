"""manage.py spam_report."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from spam.models import Word
from tests.replies import MakeReply
from tests.spam.conftest import Fill


def report() -> str:
    out = StringIO()
    call_command("spam_report", stdout=out)
    return out.getvalue()


def row(label: str, text: str) -> list[str]:
    (line,) = re.findall(rf"^{label} +(.*)$", text, re.MULTILINE)
    return list(line.split())


@pytest.mark.django_db
def test_without_decisions_it_says_so_little() -> None:
    text = report()
    assert row("appears", text) == row("honeypot", text) == ["0", "0"]
    assert text.count("–") == 4


def test_it_judges_what_moderators_decided_and_nothing_else(
    post: Post, mo: User, make_reply: MakeReply, fill: Fill
) -> None:
    spam = fill(post, "Buy viagra: https://a.example https://b.example", subject="x")
    decide(comments=[spam], decision=Status.APPROVED, by=mo)
    decide(comments=[spam], decision=Status.SPAM, by=mo)
    for name in ("good", "fine"):
        comment = make_reply(post, f"A {name} point.", status=Status.PENDING)
        decide(comments=[comment], decision=Status.APPROVED, by=mo)
    make_reply(post, "Decided by nobody: buy viagra https://a.example", status=Status.SPAM)
    decide(comments=[make_reply(post, "Rude.")], decision=Status.REJECTED, by=mo)
    text = report()
    assert row("appears", text) == ["2", "0"]
    assert row("is called spam", text) == ["0", "1"]
    assert row("honeypot", text) == row("known_bad", text) == ["0", "1"]
    assert "Recall, called spam: 100.0 %" in text
    assert "Precision, held or called spam: 100.0 %" in text


def test_each_reply_is_judged_by_those_before_it(
    post: Post, mo: User, make_reply: MakeReply
) -> None:
    text = "Come all of you and see the finest kettles that were ever made by hand."
    replies = [make_reply(post, text, status=Status.PENDING) for _n in range(3)]
    decide(comments=replies, decision=Status.SPAM, by=mo)
    assert row("repeated", report()) == ["0", "2"]
    assert "Recall, held or called spam: 66.7 %" in report()


def test_it_changes_nothing_and_reads_all_at_once(
    post: Post,
    mo: User,
    make_reply: MakeReply,
    run_tasks: Callable[[], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(5):
        comment = make_reply(post, f"Point {n}.", status=Status.PENDING)
        decide(comments=[comment], decision=Status.APPROVED, by=mo)
    run_tasks()
    before = [list(model.objects.order_by("pk").values()) for model in (Comment, Word)]
    with django_assert_num_queries(1):
        report()
    assert [list(model.objects.order_by("pk").values()) for model in (Comment, Word)] == before
