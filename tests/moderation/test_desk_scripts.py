"""What the desk's script is told: in JSON, with a status that says what came of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from moderation.models import Decision
from tests.conftest import MakePost, MakeUser
from tests.moderation.conftest import BULK, SCRIPT, UNDO, button, shown
from tests.moderators import QUEUE
from tests.replies import MakeReply, take_replies


@pytest.fixture
def waiting(post: Post, make_reply: MakeReply) -> Comment:
    return make_reply(post, "Please read me.", status=Status.PENDING)


def press(client: Client, comment: Comment, decision: str, **more: Any) -> Any:
    """On a page that was made when the reply was as it is here."""
    return client.post(QUEUE, button(decision, comment) | more, headers=SCRIPT)


def test_a_decision_is_told_with_the_batch_that_undoes_it(
    desk: Client, mo: User, waiting: Comment
) -> None:
    answer = press(desk, waiting, "approved")
    assert answer.status_code == 200
    line = Decision.objects.get()
    assert answer.json() == {"message": "1 reply is now: approved.", "batch": str(line.batch)}
    assert line.batch
    assert line.batch.by == mo
    assert "is now: approved" not in desk.get(QUEUE).text, "no message waits for the next page"


def test_who_comes_second_gets_the_card_as_it_is_now(
    desk: Client, waiting: Comment, make_user: MakeUser
) -> None:
    decide(comments=[waiting], decision=Status.SPAM, by=make_user("ed"))
    answer = press(desk, waiting, "approved")
    assert answer.status_code == 409
    assert "there is a decision already, spam (ed, " in answer.json()["message"]
    waiting.refresh_from_db()
    card = answer.json()["cards"][str(waiting.pk)]
    assert f'name="approved" value="{waiting.pk}"' in card
    assert f'name="version-{waiting.pk}" value="{waiting.version}"' in card


def test_a_decision_that_came_to_the_same_status_again_is_told_too(
    desk: Client, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    comment, ed = make_reply(post), make_user("ed")
    decide(comments=[comment], decision=Status.SPAM, by=ed)
    decide(comments=[comment], decision=Status.APPROVED, by=ed)
    answer = press(desk, comment, "removed")
    assert answer.status_code == 409
    assert "approved (ed, " in answer.json()["message"]
    comment.refresh_from_db()
    assert press(desk, comment, "removed").status_code == 200


def test_two_moderators_who_press_at_once_decide_once(
    desk: Client, waiting: Comment, make_user: MakeUser
) -> None:
    other = Client()
    other.force_login(make_user("ed", role=Role.EDITOR))
    answers = [press(desk, waiting, "approved"), press(other, waiting, "spam")]
    assert [answer.status_code for answer in answers] == [200, 409]
    waiting.refresh_from_db()
    assert waiting.status == "approved"
    batch = answers[0].json()["batch"]
    press(other, waiting, "removed")
    undone = desk.post(UNDO, {"batch": batch}, headers=SCRIPT)
    assert undone.status_code == 409
    assert "somebody has decided about it since" in undone.json()["message"]


def test_a_press_whose_answer_was_lost_is_answered_again_and_can_be_undone(
    desk: Client, mo: User, waiting: Comment
) -> None:
    answers = [press(desk, waiting, "approved") for _press in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["batch"] == answers[1].json()["batch"]
    assert Decision.objects.filter(comment=waiting, by=mo).count() == 1
    assert press(desk, waiting, "spam").status_code == 409
    assert press(desk, waiting, "approved", note="Why").status_code == 409


def test_in_bulk_what_was_decided_since_the_page_was_made_stays(
    desk: Client, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    chosen = [make_reply(post, f"No. {n}") for n in range(3)]
    ed = make_user("ed")
    for decision in (Status.SPAM, Status.APPROVED):
        decide(comments=chosen[:1], decision=decision, by=ed)
    bulk = BULK | {"action": "spam_selected"} | shown(*chosen)
    page = desk.post(f"{QUEUE}?status=approved", bulk, follow=True)
    assert "2 replies are now: spam." in page.text
    assert "1 reply was left as it was" in page.text
    chosen[0].refresh_from_db()
    assert chosen[0].is_approved


def test_what_is_not_there_or_not_theirs_is_404_and_nonsense_400(
    client: Client, make_user: MakeUser, make_post: MakePost, waiting: Comment
) -> None:
    client.force_login(make_user("ada", role=Role.AUTHOR))
    assert press(client, waiting, "approved").status_code == 404
    assert press(client, Comment(pk=10**17, status="pending"), "spam").status_code == 404
    assert press(client, waiting, "deleted").status_code == 400
    odd = {f"version-{waiting.pk}": "x"}
    assert press(client, waiting, "approved", **odd).status_code == 400


def test_who_may_not_and_who_sends_no_token_get_403(
    client: Client, make_user: MakeUser, mo: User, waiting: Comment
) -> None:
    client.force_login(make_user("cy", role=Role.CONTRIBUTOR))
    assert press(client, waiting, "approved").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mo)
    assert press(strict, waiting, "approved").status_code == 403
    assert not Decision.objects.filter(comment=waiting).exclude(by=None).exists()


# --- answering ---


def reply_to(client: Client, comment: Comment, text: str = "Thank you.", **more: Any) -> Any:
    """On a page that was made when the reply was as it is here."""
    data = {"reply": text, "version": comment.version, **more}
    return client.post(f"{QUEUE}{comment.pk}/answer/", data, headers=SCRIPT)


def test_an_answer_lets_the_reply_appear_and_stands_under_it(
    desk: Client, mo: User, post: Post, waiting: Comment
) -> None:
    answer = reply_to(desk, waiting)
    assert answer.status_code == 200
    written = Comment.objects.get(body="Thank you.")
    assert (written.user, written.parent, written.status) == (mo, waiting, "approved")
    waiting.refresh_from_db()
    assert waiting.is_approved
    post.refresh_from_db()
    assert post.comment_count == 2
    assert answer.json()["batch"] == str(waiting.decisions.latest("pk").batch)


def test_the_same_answer_twice_is_one(desk: Client, waiting: Comment) -> None:
    batches = {reply_to(desk, waiting).json()["batch"] for _press in range(2)}
    assert len(batches) == 1
    assert Comment.objects.filter(parent=waiting).count() == 1


def test_undone_both_wait_again(desk: Client, post: Post, waiting: Comment) -> None:
    batch = reply_to(desk, waiting).json()["batch"]
    desk.post(UNDO, {"batch": batch}, headers=SCRIPT)
    assert set(Comment.objects.values_list("status", flat=True)) == {"pending"}
    post.refresh_from_db()
    assert post.comment_count == 0


def test_an_answer_to_what_somebody_decided_first_is_not_sent_and_not_lost(
    desk: Client, waiting: Comment, make_user: MakeUser
) -> None:
    decide(comments=[waiting], decision=Status.SPAM, by=make_user("ed"))
    answer = reply_to(desk, waiting)
    assert answer.status_code == 409
    assert "spam (ed, " in answer.json()["message"]
    typed = {"reply": "Thank you.", "version": waiting.version}
    page = desk.post(f"{QUEUE}{waiting.pk}/answer/", typed)
    assert page.status_code == 409
    assert "Thank you.</textarea>" in page.text
    waiting.refresh_from_db()
    assert f'name="version" value="{waiting.version}"' in page.text
    assert not Comment.objects.filter(parent=waiting).exists()


def test_the_same_answer_again_overrules_nobody(
    desk: Client, waiting: Comment, make_user: MakeUser
) -> None:
    batch = reply_to(desk, waiting).json()["batch"]
    desk.post(UNDO, {"batch": batch}, headers=SCRIPT)
    decide(comments=[waiting], decision=Status.SPAM, by=make_user("ed"))
    assert reply_to(desk, waiting).status_code == 409
    waiting.refresh_from_db()
    assert waiting.status == Status.SPAM


def test_the_same_answer_again_is_not_said_to_stand_under_what_was_taken_away_since(
    desk: Client, waiting: Comment, make_user: MakeUser
) -> None:
    reply_to(desk, waiting)
    decide(comments=[waiting], decision=Status.SPAM, by=make_user("ed"))
    answer = reply_to(desk, waiting)
    assert answer.status_code == 409
    assert "spam (ed, " in answer.json()["message"]


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "1\x00"])
def test_an_answer_to_no_version_is_refused(desk: Client, waiting: Comment, version: str) -> None:
    assert reply_to(desk, waiting, version=version).status_code == 400
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_an_empty_answer_and_a_closed_conversation_change_nothing(
    desk: Client, waiting: Comment
) -> None:
    assert reply_to(desk, waiting, "").status_code == 422
    take_replies(policy="closed")
    closed = reply_to(desk, waiting)
    assert closed.status_code == 403
    assert "closed" in closed.json()["message"]
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_an_author_answers_under_own_posts_only(
    client: Client, make_user: MakeUser, make_post: MakePost, make_reply: MakeReply
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    client.force_login(ada)
    mine = make_post("Mine", authors=[Author.objects.get(user=ada)])
    own = make_reply(mine, status=Status.PENDING)
    foreign = make_reply(make_post("Theirs"), status=Status.PENDING)
    assert reply_to(client, own).status_code == 200
    assert reply_to(client, foreign).status_code == 404
    assert client.get(f"{QUEUE}{foreign.pk}/answer/").status_code == 404
