"""The verb by which replies are decided about: status, log, and what is announced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from blog.models import Post
from comments import signals
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.verbs.status import StatusChange
from comments.visitor import Visitor
from moderation import receivers
from moderation.deciding import decide, undo
from moderation.models import Batch, Decision
from tests.conftest import MakeUser
from tests.replies import MakeReply


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What is announced, in order: the signal, and what it means to readers."""
    announced: list[str] = []

    def posted(**kwargs: Any) -> None:
        announced.append("posted")

    def changed(change: StatusChange, **kwargs: Any) -> None:
        seen = "appeared" * bool(change.appeared) + "withdrawn" * bool(change.withdrawn)
        announced.append(f"{change.status}: {seen or 'nothing'}")

    signals.reply_posted.connect(posted)
    signals.reply_status_changed.connect(changed)
    yield announced
    signals.reply_posted.disconnect(posted)
    signals.reply_status_changed.disconnect(changed)


def wait(post: Post) -> Comment:
    return post_comment(post=post, body="Hm.", language="en", name="Wim", email="wim@example.org")


def test_each_decision_is_logged_with_who_when_and_what_was_before(
    post: Post, make_user: MakeUser
) -> None:
    mo, comment = make_user("mo"), wait(post)
    decide(comments=[comment], decision=Status.APPROVED, by=mo, note="fine")
    decide(comments=[comment], decision=Status.REMOVED, by=mo)
    log = comment.decisions.values_list("was", "decision", "by__username", "note")
    assert list(log) == [
        ("approved", "removed", "mo", ""),
        ("pending", "approved", "mo", "fine"),
    ]
    comment.refresh_from_db()


def test_what_is_decided_already_is_left_untouched(post: Post) -> None:
    comment = wait(post)
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    outcome = decide(comments=[comment], decision=Status.APPROVED, by=None)
    assert (outcome.changed, outcome.untouched) == ([], [comment])
    assert comment.decisions.count() == 1


def test_a_reply_that_is_not_any_more_as_the_moderator_saw_it_is_left_untouched(post: Post) -> None:
    comment = wait(post)
    seen = {comment.pk: comment.version}
    decide(comments=[comment], decision=Status.SPAM, by=None)
    outcome = decide(comments=[comment], decision=Status.APPROVED, by=None, seen=seen)
    assert outcome.untouched == [comment]
    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_each_decision_counts_the_version_up_and_keeps_it_in_the_log(post: Post) -> None:
    comment = wait(post)
    for decision in (Status.SPAM, Status.APPROVED):
        seen = {comment.pk: comment.version}
        assert decide(comments=[comment], decision=decision, by=None, seen=seen).changed
        comment.refresh_from_db()
        assert comment.decisions.latest("pk").version == comment.version
    assert (comment.version, comment.text_version) == (3, 1)


def test_a_press_is_kept_with_who_made_it_unless_it_changed_nothing(
    post: Post, make_user: MakeUser
) -> None:
    mo, comment = make_user("mo"), wait(post)
    press = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    decide(comments=[comment], decision=Status.SPAM, by=mo)
    assert Batch.objects.get() == press
    assert (press.by, press.undoes) == (mo, None)
    again = undo(batch=press, by=mo).batch
    assert (again.by, again.undoes) == (mo, press)


def test_what_readers_see_of_it_is_announced(post: Post, heard: list[str]) -> None:
    comment = wait(post)
    decisions = (
        *(Status.REJECTED, Status.APPROVED, Status.APPROVED),
        *(Status.REMOVED, Status.SPAM),
    )
    for decision in decisions:
        decide(comments=[comment], decision=decision, by=None)
    assert heard == [
        "posted",
        "rejected: nothing",
        "approved: appeared",
        "removed: withdrawn",
        "spam: nothing",
    ]


def test_a_reply_that_appears_at_once_is_announced_once(
    post: Post, make_reply: MakeReply, make_user: MakeUser, heard: list[str]
) -> None:
    ria = make_user("ria")
    make_reply(post, user=ria)
    heard.clear()
    comment = post_comment(post=post, body="Again.", language="en", visitor=Visitor(user=ria))
    assert comment.is_approved
    assert heard == ["posted"]


def test_what_cannot_be_written_down_is_not_decided(post: Post, monkeypatch: Any) -> None:
    """Whoever hears of a decision writes in its transaction."""
    comment = wait(post)

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(receivers, "close_reports", fail)
    with pytest.raises(RuntimeError):
        decide(comments=[comment], decision=Status.SPAM, by=None)
    comment.refresh_from_db()
    assert (comment.status, comment.version) == (Status.PENDING, 1)
    assert not Decision.objects.exists()
    assert not Batch.objects.exists()
