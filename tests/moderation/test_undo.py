"""Taking decisions back: one, many, those that the background makes; and what somebody decided since."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role
from background.models import Task
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.editing import erase_replies
from comments.visitor import Visitor
from moderation.bulk import decide_slice
from moderation.deciding import decide, undo
from moderation.models import Batch, Decision, Report
from moderation.reporting import report
from tests.conftest import MakePost, MakeUser
from tests.moderation.conftest import BULK, UNDO, button
from tests.moderators import QUEUE
from tests.replies import MakeReply


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def take_back(client: Client, batch: Any) -> Any:
    return client.post(UNDO, {"batch": str(batch), "next": QUEUE}, follow=True)


def test_each_reply_gets_back_the_status_it_had(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    before = [Status.PENDING, Status.APPROVED, Status.REMOVED, Status.REJECTED]
    comments = [make_reply(post, f"No. {n}", status=s) for n, s in enumerate(before)]
    Comment.objects.filter(pk=comments[0].pk).update(status=Status.PENDING)
    batch = decide(comments=comments, decision=Status.SPAM, by=mo).batch
    post.refresh_from_db()
    assert post.comment_count == 0
    answer = take_back(desk, batch)
    assert statuses() == before
    assert "4 replies are back as they were." in answer.text
    post.refresh_from_db()
    assert post.comment_count == 1
    assert Decision.objects.filter(batch__undoes=batch, by=mo).count() == 4


def test_the_page_offers_to_undo_what_was_just_done(
    desk: Client, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    page = desk.post(f"{QUEUE}?status=approved", button("removed", comment), follow=True)
    batch = Decision.objects.get(decision="removed").batch
    assert f'form="undo" name="batch" value="{batch}"' in page.text
    assert '<form id="undo" method="post"' in page.text
    take_back(desk, batch)
    assert statuses() == ["approved"]


def test_what_somebody_decided_since_stays_and_is_told(
    desk: Client, mo: User, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    comments = [make_reply(post, f"No. {n}") for n in range(3)]
    batch = decide(comments=comments, decision=Status.SPAM, by=mo).batch
    ed = make_user("ed", role=Role.EDITOR)
    decide(comments=comments[:1], decision=Status.REMOVED, by=ed)
    # Back at what the batch gave, and yet decided since.
    decide(comments=comments[1:2], decision=Status.APPROVED, by=ed)
    decide(comments=comments[1:2], decision=Status.SPAM, by=ed)
    answer = take_back(desk, batch)
    assert statuses() == ["removed", "spam", "approved"]
    assert "1 reply is back as it was. 2 replies were left as they are" in answer.text


def test_a_second_undo_changes_nothing_and_an_undo_can_be_undone(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    batch = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    first = undo(batch=batch, by=mo)
    assert "This was undone already." in take_back(desk, batch).text
    assert statuses() == ["approved"]
    undo(batch=first.batch, by=mo)
    assert statuses() == ["spam"]
    assert "somebody has decided about it since" in take_back(desk, batch).text


def test_reports_are_answered_by_a_decision_and_open_again_after_its_undo(
    desk: Client, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    Report.objects.create(comment=comment, reader="a" * 32, reason="rude")
    Comment.objects.update(report_count=1)
    desk.post(f"{QUEUE}?status=reported", button("approved", comment))
    comment.refresh_from_db()
    assert (comment.status, comment.report_count) == ("approved", 0)
    assert Report.objects.get().closed_at
    take_back(desk, Decision.objects.latest("pk").batch)
    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.report_count, post.comment_count) == (1, 1)
    assert Report.objects.get().closed_at is None


def test_a_report_that_came_later_stays_open(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    batch = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    undo(batch=batch, by=mo)
    kept = decide(comments=[comment], decision=Status.REMOVED, by=mo).batch
    Comment.objects.update(status=Status.APPROVED)
    report(comment=comment, visitor=Visitor(browser="b"), reason="rude")
    Comment.objects.update(status=Status.REMOVED)
    take_back(desk, kept)
    comment.refresh_from_db()
    assert (comment.status, comment.report_count) == ("approved", 1)


def test_what_its_writer_deleted_stays_deleted(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    before = decide(comments=[comment], decision=Status.REMOVED, by=mo).batch
    erase_replies(comments=[comment])
    assert Decision.objects.latest("pk").batch is None
    assert desk.get("/admin/comments/decision/").text.count('name="batch"') == 2
    take_back(desk, before)
    post.refresh_from_db()
    assert (statuses(), post.comment_count) == (["deleted"], 0)


@pytest.fixture
def many(post: Post, make_reply: MakeReply) -> list[Comment]:
    """205 replies that wait: more than one request decides about."""
    first = make_reply(post, status=Status.APPROVED)
    rows = Comment.objects.bulk_create(
        Comment(
            post=post,
            name="Wim",
            language="en",
            body=f"No. {n}",
            body_html="",
            path=f"{first.path[:-6]}{n:06d}",
        )
        for n in range(205)
    )
    return list(rows)


def bulk(client: Client, action: str = "spam_selected", **more: Any) -> Any:
    return client.post(QUEUE, {**BULK, "action": action, **more}, follow=True)


def test_more_than_two_hundred_are_left_to_the_background_under_one_batch(
    desk: Client, mo: User, many: list[Comment], run_tasks: Callable[[], Any]
) -> None:
    page = bulk(desk)
    assert "205 replies are being decided about in the background." in page.text
    assert "still at work" in page.text
    assert not Comment.objects.filter(status="spam").exists()
    run_tasks()
    assert Comment.objects.filter(status="spam").count() == 205
    batches = Decision.objects.filter(by=mo).order_by().values_list("batch", flat=True)
    (batch,) = batches.distinct()
    assert "still at work" not in desk.get(QUEUE).text
    assert "being undone in the background" in take_back(desk, batch).text
    run_tasks()
    assert Comment.objects.filter(status="pending").count() == 205
    assert not Comment.objects.filter(status="spam").exists()


def test_an_undo_before_the_background_was_at_it_leaves_everything_as_it_was(
    desk: Client, mo: User, many: list[Comment], run_tasks: Callable[[], Any]
) -> None:
    page = bulk(desk)
    batch = page.text.split('form="undo" name="batch" value="')[1].split('"')[0]
    take_back(desk, batch)
    run_tasks()
    assert Comment.objects.filter(status="pending").count() == 205
    assert not Decision.objects.filter(by=mo).exists()


def test_an_undo_while_the_background_is_at_it_stops_what_is_left(
    desk: Client, mo: User, many: list[Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk(desk)
    batch, slices = (
        Batch.objects.get(by=mo),
        Task.objects.filter(task_path=decide_slice.module_path),
    )
    first, *others = [task.args_kwargs["args"] for task in slices.order_by("pk")]
    decide_slice.func(*first, batch=str(batch.pk))
    decided = batch.decisions.count()
    assert 0 < decided < 205
    take_back(desk, batch)
    for slice_ in others:
        decide_slice.func(*slice_, batch=str(batch.pk))
    assert batch.decisions.count() == decided
    assert set(statuses()) == {"approved", "pending"}


def test_an_undo_that_the_background_makes_can_be_stopped_too(
    desk: Client, mo: User, many: list[Comment], run_tasks: Callable[[], Any]
) -> None:
    bulk(desk)
    run_tasks()
    batch = Batch.objects.get(by=mo)
    take_back(desk, batch)
    undoing = Batch.objects.get(undoes=batch)
    take_back(desk, undoing)
    run_tasks()
    assert Comment.objects.filter(status="spam").count() == 205


def test_the_background_leaves_what_somebody_decided_meanwhile(
    desk: Client, many: list[Comment], run_tasks: Callable[[], Any]
) -> None:
    bulk(desk)
    decide(comments=many[:1], decision=Status.APPROVED, by=None)
    run_tasks()
    many[0].refresh_from_db()
    assert many[0].status == "approved"
    assert Comment.objects.filter(status="spam").count() == 204


# --- who may, and what a script is told ---


def test_who_decides_about_own_posts_undoes_there_only(
    client: Client, make_user: MakeUser, make_post: MakePost, make_reply: MakeReply
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    client.force_login(ada)
    mine = make_reply(make_post("Mine", authors=[Author.objects.get(user=ada)]))
    foreign = make_reply(make_post("Theirs"))
    for comment, answer in ((mine, 200), (foreign, 403)):
        batch = decide(comments=[comment], decision=Status.SPAM, by=None).batch
        assert take_back(client, batch).status_code == answer
    assert statuses() == ["approved", "spam"]


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, None])
def test_others_undo_nothing(
    client: Client, make_user: MakeUser, post: Post, make_reply: MakeReply, role: Role | None
) -> None:
    client.force_login(make_user("cy", role=role, is_staff=True))
    batch = decide(comments=[make_reply(post)], decision=Status.SPAM, by=None).batch
    assert client.post(UNDO, {"batch": str(batch)}).status_code in {302, 403}
    assert statuses() == ["spam"]


@pytest.mark.parametrize("batch", ["", "x", "\x00", "9" * 40])
def test_an_odd_batch_is_refused(desk: Client, batch: str) -> None:
    assert desk.post(UNDO, {"batch": batch}).status_code == 400
    assert desk.get(UNDO).status_code == 405


def test_a_script_is_told_in_json(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    batch = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    headers = {"Accept": "application/json"}
    answer = desk.post(UNDO, {"batch": str(batch)}, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["message"] == "1 reply is back as it was."
    assert f'id="reply-{comment.pk}"' in answer.json()["cards"][str(comment.pk)]
    assert desk.post(UNDO, {"batch": str(batch)}, headers=headers).status_code == 409
    unknown = desk.post(UNDO, {"batch": uuid.uuid4()}, headers=headers)
    assert (unknown.status_code, unknown.json()["message"]) == (409, "There is nothing to undo.")


def test_the_way_back_leads_nowhere_else(desk: Client) -> None:
    answer = desk.post(UNDO, {"batch": uuid.uuid4(), "next": "https://evil.example/"})
    assert answer["Location"] == QUEUE
