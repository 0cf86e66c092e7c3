"""A line end, which browsers send as two characters, counts as the one it is in their box."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from comments.models import LONGEST_BODY, Comment, Status
from moderation.models import Report
from tests.moderators import QUEUE
from tests.replies import MakeReply, Send

LINES = LONGEST_BODY // 9
TYPED = "\n".join(["abc def."] * LINES)
SENT = TYPED.replace("\n", "\r\n")


def test_a_long_reply_of_many_lines_is_taken_and_changed(
    client: Client, post: Post, send: Send
) -> None:
    assert len(TYPED) <= LONGEST_BODY < len(SENT)
    assert send(post, reply=SENT).status_code == 303
    comment = Comment.objects.get()
    assert comment.body == TYPED
    changed = SENT.replace("abc", "xyz", 1)
    assert client.post(f"/comments/{comment.pk}/edit/", {"reply": changed}).status_code == 303
    comment.refresh_from_db()
    assert comment.body == TYPED.replace("abc", "xyz", 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_stay_lines_however_they_end(post: Post, send: Send, end: str) -> None:
    send(post, reply=f"One{end}two{end}{end}three")
    assert Comment.objects.get().body == "One\ntwo\n\nthree"


def test_one_character_too_many_is_still_refused(post: Post, send: Send) -> None:
    too_long = SENT + "x" * (LONGEST_BODY + 1 - len(TYPED))
    answer = send(post, reply=too_long)
    assert answer.status_code == 422
    assert f"(it has {LONGEST_BODY + 1})" in answer.text


def test_a_long_report_of_many_lines_is_taken(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    note = "\n".join(["abc def."] * 55)
    sent = {"reason": "rude", "note": note.replace("\n", "\r\n")}
    answer = client.post(f"/comments/{make_reply(post).pk}/report/", sent)
    assert answer.status_code < 400
    assert Report.objects.get().note == note


def test_a_long_answer_of_many_lines_is_taken_from_the_desk(
    client: Client, post: Post, make_reply: MakeReply, mo: User
) -> None:
    client.force_login(mo)
    waiting = make_reply(post, status=Status.PENDING)
    address = f"{QUEUE}{waiting.pk}/answer/"
    answer = client.post(address, {"reply": SENT, "version": waiting.version})
    assert answer.status_code == 302
    assert waiting.children.get().body == TYPED
