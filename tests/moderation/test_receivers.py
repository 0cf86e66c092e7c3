"""What moderators are owed when something happens to a reply: a line, a mail, or that nothing is left."""

from __future__ import annotations

import pytest

from accounts.models import Author, User
from accounts.roles import Role
from background.models import Task
from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply, erase_replies
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation import tasks
from moderation.deciding import decide
from moderation.models import Decision, Report, Ticket
from moderation.notices import ticket_for
from moderation.reporting import report
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def post(make_post: MakePost, ada: User) -> Post:
    """Its author wants a mail for each reply."""
    return make_post("Herons in town", authors=[Author.objects.get(user=ada)])


def asked_for(task: object) -> int:
    path = task.module_path  # type: ignore[attr-defined]
    return Task.objects.filter(task_path=path).count()


def write(post: Post, visitor: Visitor) -> Comment:
    written = {"name": "Wim", "email": "wim@example.org", "body": "Hm.", "language": "en"}
    return post_comment(post=post, visitor=visitor, **written)  # type: ignore[arg-type]


@pytest.fixture
def reported(post: Post, make_reply: MakeReply, ada: User) -> Comment:
    """A reply that somebody reported, and that its author was asked about by mail."""
    comment = make_reply(post)
    report(comment=comment, visitor=Visitor(browser="b"), reason="rude")
    ticket_for(ada, comment)
    return comment


def test_of_a_new_reply_that_appears_the_author_is_told(post: Post, mo: User) -> None:
    assert write(post, Visitor(user=mo)).is_approved
    assert (asked_for(tasks.tell_of_appeared), asked_for(tasks.tell_of_waiting)) == (1, 0)


def test_of_a_new_reply_that_waits_whoever_may_decide_is_told(post: Post) -> None:
    write(post, Visitor())
    assert (asked_for(tasks.tell_of_appeared), asked_for(tasks.tell_of_waiting)) == (0, 1)


def test_of_a_reply_that_is_let_appear_the_author_is_told_and_a_line_is_kept(post: Post) -> None:
    comment = write(post, Visitor())
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    assert asked_for(tasks.tell_of_appeared) == 1
    assert comment.decisions.get().decision == Status.APPROVED


def test_of_a_text_that_changes_while_it_waits_a_line_is_kept(post: Post) -> None:
    comment = write(post, Visitor())
    edit_reply(comment=comment, body="Buy my pills.")
    line = comment.decisions.get()
    assert line.is_change_of_text
    assert (line.batch, line.version) == (None, comment.version)


def test_of_a_reply_that_is_emptied_no_report_and_no_ticket_is_left(reported: Comment) -> None:
    erase_replies(comments=[reported])
    assert not Report.objects.exists()
    assert not Ticket.objects.exists()
    assert Decision.objects.filter(comment=reported).exists(), "the log stays"


def test_of_a_post_that_is_deleted_nothing_is_left(post: Post, reported: Comment) -> None:
    publishing.delete(post=post)
    for model in (Comment, Report, Ticket, Decision):
        assert not model._default_manager.exists()
