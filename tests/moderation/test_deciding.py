"""The verb by which replies are decided about: status, log, and what is announced."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from blog.models import Post
from comments import signals
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from tests.conftest import MakeUser
from tests.replies import MakeReply


@pytest.fixture
def heard() -> Any:
    """What is announced, in order, as (signal name, id of the reply)."""
    announced: list[tuple[str, int]] = []
    listeners = []
    for name in ("comment_posted", "comment_approved", "comment_withdrawn"):

        def listen(comment: Comment, name: str = name, **kwargs: Any) -> None:
            announced.append((name, comment.pk))

        getattr(signals, name).connect(listen)
        listeners.append((name, listen))
    yield announced
    for name, listen in listeners:
        getattr(signals, name).disconnect(listen)


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
    decide(comments=[comment], decision=Status.SPAM, by=None)
    outcome = decide(
        comments=[comment], decision=Status.APPROVED, by=None, expecting=Status.PENDING
    )
    assert outcome.untouched == [comment]
    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_what_readers_see_of_it_is_announced_after_commit(
    post: Post, heard: Any, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        comment = wait(post)
        assert heard == []
    for decision in (
        Status.REJECTED,
        Status.APPROVED,
        Status.APPROVED,
        Status.REMOVED,
        Status.SPAM,
    ):
        with django_capture_on_commit_callbacks(execute=True):
            decide(comments=[comment], decision=decision, by=None)
    assert [name for name, _pk in heard] == [
        "comment_posted",
        "comment_approved",
        "comment_withdrawn",
    ]


def test_a_reply_that_appears_at_once_is_announced_as_both(
    post: Post,
    heard: Any,
    make_reply: MakeReply,
    make_user: MakeUser,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ria = make_user("ria")
    make_reply(post, user=ria)
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(post=post, body="Again.", language="en", user=ria)
    assert [name for name, _pk in heard] == ["comment_posted", "comment_approved"]
