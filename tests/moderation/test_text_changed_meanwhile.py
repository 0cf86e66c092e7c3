"""A writer changes or deletes a reply while somebody decides about it, and the other way round."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.exceptions import NotThere
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply, erase_replies
from moderation.deciding import decide
from tests.conftest import MakeUser
from tests.replies import MakeReply

QUEUE = "/admin/comments/comment/"


@pytest.fixture
def mo(make_user: MakeUser) -> User:
    return make_user("mo", role=Role.MODERATOR)


@pytest.fixture
def desk(mo: User) -> Client:
    desk = Client()
    desk.force_login(mo)
    return desk


@pytest.fixture
def waiting(post: Post, make_reply: MakeReply) -> Comment:
    make_reply(post, "Another one.")
    return make_reply(post, "A good point.", status=Status.PENDING)


def press(desk: Client, comment: Comment, decision: str, seen: str) -> str:
    pressed = {"decide": f"{decision}:{comment.pk}:pending", "seen": seen}
    answer = desk.post(QUEUE, pressed, headers={"Accept": "application/json"})
    return answer.json()["message"]


def test_what_was_not_read_is_not_let_through(desk: Client, waiting: Comment) -> None:
    seen = re.findall(r'data-seen="(\d+)"', desk.get(QUEUE).text)[0]
    edit_reply(comment=waiting, body="Buy my pills.")
    assert "its writer has changed the text meanwhile" in press(desk, waiting, "approved", seen)
    seen = re.findall(r'data-seen="(\d+)"', desk.get(QUEUE).text)[0]
    assert "1 reply is now: approved." in press(desk, waiting, "approved", seen)
    assert "changed by its writer" in desk.get("/admin/comments/decision/").text


def test_an_undo_brings_no_other_text_to_readers(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    batch = decide(comments=[comment], decision=Status.SPAM, by=mo).batch
    comment.refresh_from_db()
    edit_reply(comment=comment, body="Buy my pills.")
    desk.post(f"{QUEUE}undo/", {"batch": str(batch)})
    assert "Buy my pills." not in Client().get(post.get_absolute_url()).text


def select(desk: Client, chosen: list[Comment], seen: str, status: str) -> str:
    ids = [comment.pk for comment in chosen]
    pressed = {"action": "reject_selected", "_selected_action": ids, "seen": seen, "index": "0"}
    return desk.post(f"{QUEUE}?status={status}", pressed, follow=True).text


@pytest.mark.parametrize("status", [Status.PENDING, Status.APPROVED])
def test_of_many_those_that_were_changed_meanwhile_are_told_apart(
    desk: Client, post: Post, make_reply: MakeReply, status: Status
) -> None:
    chosen = [make_reply(post, f"No. {n}", status=status) for n in range(4)]
    seen = re.findall(r'data-seen="(\d+)"', desk.get(f"{QUEUE}?status={status}").text)[0]
    decide(comments=chosen[:1], decision=Status.SPAM, by=None)
    for comment in chosen[1:3]:
        edit_reply(comment=comment, body="Buy my pills.")
    page = select(desk, chosen, seen, status)
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
        seen = re.findall(r'data-seen="(\d+)"', desk.get(f"{QUEUE}?status=approved").text)[0]
        erase_replies(comments=chosen[:number])
        assert told in select(desk, chosen, seen, Status.APPROVED)


def test_one_that_was_deleted_meanwhile_is_named_so(desk: Client, waiting: Comment) -> None:
    seen = re.findall(r'data-seen="(\d+)"', desk.get(QUEUE).text)[0]
    erase_replies(comments=[waiting])
    assert "its writer has deleted it meanwhile" in press(desk, waiting, "approved", seen)


def test_an_undo_of_many_tells_them_apart_too(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comments = [make_reply(post, f"No. {n}") for n in range(2)]
    batch = decide(comments=comments, decision=Status.PENDING, by=mo).batch
    comments[0].refresh_from_db()
    edit_reply(comment=comments[0], body="Buy my pills.")
    page = desk.post(f"{QUEUE}undo/", {"batch": str(batch)}, follow=True).text
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
    Post.objects.update(comment_policy="held")
    as_it_waited.post.refresh_from_db()
    edit_reply(comment=as_it_waited, body="Something else.")
    assert Comment.objects.get(pk=waiting.pk).status == Status.PENDING


def test_the_same_answer_after_an_undo_appears_again(
    desk: Client, waiting: Comment, post: Post
) -> None:
    fields = {"reply": "Thank you.", "status": "pending"}
    page = f"{QUEUE}{waiting.pk}/answer/"
    for _time in range(2):
        desk.post(page, fields)
        assert "Thank you." in Client().get(post.get_absolute_url()).text
        batch = waiting.decisions.latest("pk").batch
        desk.post(f"{QUEUE}undo/", {"batch": str(batch)})
        assert "Thank you." not in Client().get(post.get_absolute_url()).text
    assert Comment.objects.filter(body="Thank you.").count() == 1
