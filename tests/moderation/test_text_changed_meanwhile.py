"""A writer changes or deletes a reply while somebody decides about it, and the other way round."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from comments.exceptions import NotThere
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply, erase_replies
from moderation.deciding import decide
from tests.moderation.conftest import SCRIPT, UNDO, button, shown
from tests.moderators import QUEUE
from tests.replies import MakeReply, take_replies


@pytest.fixture
def waiting(post: Post, make_reply: MakeReply) -> Comment:
    make_reply(post, "Another one.")
    return make_reply(post, "A good point.", status=Status.PENDING)


def press(desk: Client, comment: Comment, decision: str) -> str:
    """On a page that was made when the reply was as it is here."""
    return desk.post(QUEUE, button(decision, comment), headers=SCRIPT).json()["message"]


def test_what_was_not_read_is_not_let_through(desk: Client, waiting: Comment) -> None:
    assert f'name="version-{waiting.pk}" value="{waiting.version}"' in desk.get(QUEUE).text
    edited = edit_reply(comment=Comment.objects.get(pk=waiting.pk), body="Buy my pills.")
    assert "its writer has changed the text meanwhile" in press(desk, waiting, "approved")
    assert f'name="version-{waiting.pk}" value="{edited.version}"' in desk.get(QUEUE).text
    assert "1 reply is now: approved." in press(desk, edited, "approved")
    assert "changed by its writer" in desk.get("/admin/comments/decision/").text


def test_an_undo_brings_no_other_text_to_readers(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    batch = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    comment.refresh_from_db()
    edit_reply(comment=comment, body="Buy my pills.")
    desk.post(UNDO, {"batch": str(batch)})
    assert "Buy my pills." not in Client().get(post.get_absolute_url()).text


def test_a_new_text_that_readers_see_keeps_no_approval_from_being_undone(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post, status=Status.PENDING)
    batch = decide(comments=[comment], decision=Status.APPROVED, by=mo).batch
    edit_reply(comment=Comment.objects.get(), body="A better point.")
    assert Comment.objects.get().status == Status.APPROVED
    desk.post(UNDO, {"batch": str(batch.pk)})
    assert Comment.objects.get().status == Status.PENDING


def select(desk: Client, chosen: list[Comment], status: str) -> str:
    """On a page that was made when the replies were as they are here."""
    ids = [comment.pk for comment in chosen]
    pressed = {"action": "reject_selected", "_selected_action": ids, "index": "0", **shown(*chosen)}
    return desk.post(f"{QUEUE}?status={status}", pressed, follow=True).text


@pytest.mark.parametrize("status", [Status.PENDING, Status.APPROVED])
def test_of_many_those_that_were_changed_meanwhile_are_told_apart(
    desk: Client, post: Post, make_reply: MakeReply, status: Status
) -> None:
    chosen = [make_reply(post, f"No. {n}", status=status) for n in range(4)]
    decide(comments=chosen[:1], decision=Status.SPAM, by=None)
    for comment in chosen[1:3]:
        edit_reply(comment=Comment.objects.get(pk=comment.pk), body="Buy my pills.")
    page = select(desk, chosen, status)
    assert "1 reply is now: rejected." in page
    assert "1 reply was left as it was: somebody had decided about it already." in page
    assert "2 replies were left as they were: their writers have changed the texts" in page
    assert Comment.objects.filter(status=Status.REJECTED).count() == 1


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 reply was left as it was: its writer has deleted it", "2 replies were left"),
        ("nl", "1 reactie bleef zoals ze was: de schrijver heeft ze", "2 reacties bleven"),
        ("de", "1 Antwort blieb, wie sie war: Sie wurde inzwischen", "2 Antworten blieben"),
    ],
)
def test_of_many_those_that_were_deleted_meanwhile_are_told_apart(
    desk: Client, post: Post, make_reply: MakeReply, language: str, one: str, many: str
) -> None:
    desk.cookies["django_language"] = language
    for number, told in ((1, one), (2, many)):
        chosen = [make_reply(post, f"{number}, no. {n}") for n in range(number + 1)]
        erase_replies(comments=chosen[:number])
        assert told in select(desk, chosen, Status.APPROVED)


def test_one_that_was_deleted_meanwhile_is_named_so(desk: Client, waiting: Comment) -> None:
    erase_replies(comments=[waiting])
    assert "its writer has deleted it meanwhile" in press(desk, waiting, "approved")


def test_an_undo_of_many_tells_them_apart_too(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comments = [make_reply(post, f"No. {n}") for n in range(2)]
    batch = decide(comments=comments, decision=Status.PENDING, by=mo).batch
    comments[0].refresh_from_db()
    edit_reply(comment=comments[0], body="Buy my pills.")
    page = desk.post(UNDO, {"batch": str(batch)}, follow=True).text
    assert "1 reply is back as it was." in page
    assert "its writer has changed the text meanwhile" in page
    assert "somebody has decided" not in page


def test_what_was_deleted_in_another_tab_gets_no_text_again(waiting: Comment) -> None:
    in_one_tab, in_another = (Comment.objects.get(pk=waiting.pk) for _tab in range(2))
    erase_replies(comments=[in_one_tab])
    with pytest.raises(NotThere):
        edit_reply(comment=in_another, body="Something else.")
    assert Comment.objects.get(pk=waiting.pk).body == ""


def test_what_appeared_meanwhile_is_held_again_if_its_new_text_would_be(
    mo: User, waiting: Comment
) -> None:
    as_it_waited = Comment.objects.get(pk=waiting.pk)
    decide(comments=[waiting], decision=Status.APPROVED, by=mo)
    take_replies(policy="held")
    as_it_waited.post.refresh_from_db()
    edit_reply(comment=as_it_waited, body="Something else.")
    assert Comment.objects.get(pk=waiting.pk).status == Status.PENDING


def test_the_same_answer_after_an_undo_appears_again(
    desk: Client, waiting: Comment, post: Post
) -> None:
    page = f"{QUEUE}{waiting.pk}/answer/"
    for _time in range(2):
        waiting.refresh_from_db()
        desk.post(page, {"reply": "Thank you.", "version": waiting.version})
        assert "Thank you." in Client().get(post.get_absolute_url()).text
        batch = waiting.decisions.latest("pk").batch
        desk.post(UNDO, {"batch": str(batch)})
        assert "Thank you." not in Client().get(post.get_absolute_url()).text
    assert Comment.objects.filter(body="Thank you.").count() == 1
