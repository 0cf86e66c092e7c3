"""Akismet, by its protocol, at a server of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from background.models import Task
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.editing import edit_reply
from comments.visitor import Visitor
from moderation.deciding import decide
from moderation.models import Rule
from outbox.models import Mail
from spam import akismet as protocol
from spam.words import reasons
from tests.spam.conftest import Fill
from tests.spam.fake_akismet import FakeAkismet

Run = Callable[[], None]
TEXT = "A fine article, and I mean it."


def again(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def said(comment: Comment) -> list[str]:
    return [reason.words for reason in reasons(again(comment))]


def mails_to(moderator: User) -> int:
    return Mail.objects.filter(kind="about_reply", whom=str(moderator.pk)).count()


def test_without_a_key_nobody_is_asked(
    akismet: FakeAkismet,
    settings: Any,
    post: Post,
    ria: User,
    fill: Fill,
    run_tasks: Run,
) -> None:
    settings.PARLEY_AKISMET_KEY = ""
    comment = fill(post, TEXT, user=ria)
    run_tasks()
    assert (comment.status, akismet.asked) == (Status.APPROVED, [])


def test_a_reply_waits_for_the_answer_and_then_appears(
    akismet: FakeAkismet, post: Post, ria: User, fill: Fill, run_tasks: Run
) -> None:
    comment = fill(post, TEXT, user=ria)
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.FILTER)
    assert "it is being checked by Akismet" in said(comment)
    run_tasks()
    assert again(comment).status == Status.APPROVED
    assert "Akismet finds nothing wrong with it" in said(comment)


def test_the_answer_about_an_earlier_text_lets_no_other_appear(
    akismet: FakeAkismet,
    post: Post,
    ria: User,
    fill: Fill,
    run_tasks: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comment, ask = fill(post, TEXT, user=ria), protocol.check

    def ask_while_it_is_changed(asked_about: Comment, **more: Any) -> Any:
        answer = ask(asked_about, **more)
        edit_reply(comment=again(comment), body="Buy pills.")
        akismet.answer = "true"
        return answer

    monkeypatch.setattr(protocol, "check", ask_while_it_is_changed)
    run_tasks()
    assert (again(comment).body, again(comment).status) == ("Buy pills.", Status.PENDING)
    assert [fields["comment_content"] for _verb, fields in akismet.asked] == [TEXT, "Buy pills."]


def test_it_is_told_what_its_protocol_asks_for_and_no_more_of_the_person_than_needed(
    akismet: FakeAkismet, post: Post, fill: Fill, run_tasks: Run
) -> None:
    fill(post, TEXT, website="https://wim.example", address="192.0.2.77")
    run_tasks()
    ((verb, fields),) = akismet.asked
    assert verb == "comment-check"
    assert fields.pop("comment_date_gmt")[:2] == "20"
    assert fields == {
        "api_key": "0123456789ab",
        "blog": "https://blog.example.org",
        "blog_lang": "en,nl,de",
        "blog_charset": "UTF-8",
        "user_ip": "192.0.2.0",
        "permalink": f"https://blog.example.org{post.get_absolute_url()}",
        "comment_type": "comment",
        "comment_author": "Wim",
        "comment_author_url": "https://wim.example",
        "comment_content": TEXT,
    }


def test_the_whole_network_address_is_kept_nowhere(
    akismet: FakeAkismet, post: Post, fill: Fill
) -> None:
    fill(post, TEXT, client=Client(REMOTE_ADDR="2001:db8:aaaa:bbbb::1"))
    kept = str(list(Task.objects.values_list("args_kwargs", flat=True)))
    assert "2001:db8:aaaa::" in kept
    assert "bbbb" not in kept


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({}, Status.PENDING, "Akismet takes it for spam"),
        (
            {"X-akismet-pro-tip": "discard"},
            Status.SPAM,
            "Akismet takes it for the plainest spam",
        ),
    ],
)
def test_what_it_takes_for_spam_is_held_or_called_spam_and_never_dropped(
    akismet: FakeAkismet,
    post: Post,
    fill: Fill,
    run_tasks: Run,
    headers: dict[str, str],
    status: Status,
    words: str,
) -> None:
    akismet.answer, akismet.headers = "true", headers
    comment = fill(post, TEXT)
    run_tasks()
    assert again(comment).status == status
    assert words in said(comment)


def test_its_good_word_does_not_lift_what_the_policy_or_the_other_rules_hold(
    akismet: FakeAkismet, post: Post, ria: User, fill: Fill, run_tasks: Run
) -> None:
    by_policy = fill(post, TEXT)
    by_rules = fill(post, "Hm.", user=ria, subject="x")
    run_tasks()
    assert len(akismet.asked) == 2
    assert {again(by_policy).status, again(by_rules).status} == {Status.PENDING}


def test_a_moderator_who_was_quicker_stays_right(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run
) -> None:
    akismet.answer, akismet.headers = "true", {"X-akismet-pro-tip": "discard"}
    comment = fill(post, TEXT, user=ria)
    decide(comments=[comment], decision=Status.APPROVED, by=mo)
    run_tasks()
    assert again(comment).status == Status.APPROVED
    assert akismet.verbs == ["comment-check", "submit-ham"]


@pytest.mark.parametrize(
    ("answer", "decision", "verb"),
    [("true", Status.APPROVED, "submit-ham"), ("false", Status.SPAM, "submit-spam")],
)
def test_it_is_told_once_when_a_moderator_decides_otherwise(
    akismet: FakeAkismet,
    post: Post,
    mo: User,
    ria: User,
    fill: Fill,
    run_tasks: Run,
    answer: str,
    decision: Status,
    verb: str,
) -> None:
    akismet.answer = answer
    comment = fill(post, TEXT, user=ria)
    run_tasks()
    for _twice in range(2):
        decide(comments=[again(comment)], decision=Status.PENDING, by=mo)
        run_tasks()
        decide(comments=[again(comment)], decision=decision, by=mo)
        run_tasks()
    assert akismet.verbs == ["comment-check", verb]
    assert akismet.asked[1][1]["user_ip"] == "127.0.0.1"


def test_it_is_not_told_what_it_said_itself(
    akismet: FakeAkismet, post: Post, mo: User, fill: Fill, run_tasks: Run
) -> None:
    comment = fill(post, TEXT)
    run_tasks()
    decide(comments=[comment], decision=Status.APPROVED, by=mo)
    run_tasks()
    assert akismet.verbs == ["comment-check"]


@pytest.mark.parametrize("is_edited", [True, False])
def test_its_good_word_does_not_lift_a_rule_that_is_met_since(
    akismet: FakeAkismet, post: Post, ria: User, fill: Fill, run_tasks: Run, is_edited: bool
) -> None:
    """Since the text was changed, or since the rule was made."""
    comment = fill(post, TEXT if is_edited else "My casino.", user=ria)
    Rule.objects.create(kind=Rule.Kind.WORD, value="casino", effect=Rule.Effect.HOLD)
    if is_edited:
        edit_reply(comment=again(comment), body="My casino.")
    run_tasks()
    waiting = again(comment)
    assert (waiting.status, waiting.held_because) == (Status.PENDING, HeldBecause.RULE)


@pytest.mark.parametrize("status", [500, 503])
def test_while_it_is_out_of_reach_the_reply_waits_and_moderators_are_told(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run, status: int
) -> None:
    User.objects.filter(pk=mo.pk).update(reply_mails="each")
    akismet.status = status
    comment = fill(post, TEXT, user=ria)
    run_tasks()
    assert again(comment).status == Status.PENDING
    assert mails_to(mo) == 1
    Task.objects.update(run_after=timezone.now())
    akismet.status = 200
    run_tasks()
    assert again(comment).status == Status.APPROVED


def test_a_wrong_key_parks_the_question_and_leaves_the_reply_in_the_queue(
    akismet: FakeAkismet, post: Post, ria: User, fill: Fill, run_tasks: Run
) -> None:
    akismet.answer, akismet.headers = "invalid", {"X-akismet-debug-help": "No such key"}
    comment = fill(post, TEXT, user=ria)
    run_tasks()
    assert again(comment).status == Status.PENDING
    assert "No such key" in Task.objects.parked().get().traceback


def test_moderators_get_no_mail_about_what_it_answers_at_once(
    akismet: FakeAkismet, post: Post, mo: User, ria: User, fill: Fill, run_tasks: Run
) -> None:
    User.objects.filter(pk=mo.pk).update(reply_mails="each")
    fill(post, TEXT, user=ria)
    run_tasks()
    assert mails_to(mo) == 0
    fill(post, "Hm.", user=ria, subject="x")
    run_tasks()
    assert mails_to(mo) == 1


def test_a_text_that_was_changed_is_checked_anew(
    akismet: FakeAkismet, post: Post, ria: User, fill: Fill, run_tasks: Run
) -> None:
    comment = fill(post, TEXT, user=ria)
    run_tasks()
    edit_reply(comment=again(comment), body="Something else.", visitor=Visitor(ria))
    assert again(comment).status == Status.PENDING
    run_tasks()
    assert akismet.asked[1][1]["comment_content"] == "Something else."
    assert again(comment).status == Status.APPROVED
