"""Who among many is told that a reply waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Author, User
from accounts.roles import Role
from background.models import Task
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from moderation.models import Rule
from site_settings.choices import ReplyMails
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db


def people_told(mailbox: Mailbox) -> list[str]:
    return sorted(mail["To"].partition("@")[0] for mail in mailbox())


def post_by(user: User, make_post: MakePost, title: str, **fields: Any) -> Post:
    return make_post(title, authors=[Author.objects.get(user=user)], **fields)


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


def test_whoever_may_decide_is_told_once_by_whichever_way_they_may(
    ada: User, make_post: MakePost, make_user: MakeUser, mo: User, send: Send, mailbox: Mailbox
) -> None:
    for n in range(3):
        post = post_by(ada, make_post, f"Post {n}")
    make_user("sue", is_superuser=True)
    may = Permission.objects.get(codename="moderate_comment")
    make_user("pim").user_permissions.add(may)
    make_user("eve", role=Role.AUTHOR)
    make_user("ria")
    send(post)
    assert people_told(mailbox) == ["ada", "mo", "pim", "sue"]


def test_to_find_them_multiplies_no_posts_by_permissions(
    ada: User, make_post: MakePost, send: Send, run_tasks: Callable[[], Any]
) -> None:
    """An editor with 10,000 posts made half a million rows, of which all but one were dropped."""
    send(post_by(ada, make_post, "Mails for each"))
    post_by(ada, make_post, "Mails each day", conversation={"notices": ReplyMails.DAILY})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        run_tasks()
    people = [query["sql"] for query in asked if 'FROM "accounts_user"' in query["sql"]]
    assert people
    assert not [sql for sql in people if "DISTINCT" in sql]


# --- what waits again ---


def test_a_reply_that_an_edit_sends_back_to_the_queue_is_told_again_with_a_link_that_works(
    client: Client, make_post: MakePost, mo: User, send: Send, mailbox: Mailbox
) -> None:
    send(make_post(conversation={"policy": "held"}), client=client)
    comment = Comment.objects.get()
    links = []
    for text in ("First change.", "Second change.", "Third change."):
        (mail,) = mailbox()
        links.append(path_in(mail, "/comments/decide/"))
        press = {"decide": "approved", "version": comment.version}
        assert Client().post(links[-1], press).status_code == 200
        assert mailbox() == []
        client.post(f"/comments/{comment.pk}/edit/", {"reply": text})
        comment.refresh_from_db()
        assert comment.status == Status.PENDING
    assert len(set(links)) == 3
    assert Client().get(links[0]).status_code == 404


def test_a_change_while_it_waits_is_told_to_nobody(
    client: Client, make_post: MakePost, mo: User, send: Send, mailbox: Mailbox
) -> None:
    send(make_post(conversation={"policy": "held"}), client=client)
    assert people_told(mailbox) == ["mo"]
    client.post(f"/comments/{Comment.objects.get().pk}/edit/", {"reply": "Said better."})
    assert people_told(mailbox) == []


def test_of_a_reply_that_a_rule_holds_since_its_edit_moderators_hear_before_it_is_confirmed(
    client: Client, make_post: MakePost, make_user: MakeUser, send: Send, mailbox: Mailbox
) -> None:
    """Confirming does not let it appear any more, so it waits for them."""
    make_user("mo", role=Role.MODERATOR)
    Rule.objects.create(kind=Rule.Kind.WORD, value="casino", effect=Rule.Effect.HOLD)
    send(make_post(conversation={"policy": "confirmed"}), client=client)
    assert people_told(mailbox) == ["wim"]
    client.post(f"/comments/{Comment.objects.get().pk}/edit/", {"reply": "My casino."})
    assert people_told(mailbox) == ["mo"]


def test_what_an_edit_sent_back_to_the_queue_is_told_once_though_it_is_edited_again(
    client: Client,
    make_post: MakePost,
    make_user: MakeUser,
    make_reply: MakeReply,
    mailbox: Mailbox,
) -> None:
    make_user("mo", role=Role.MODERATOR)
    Rule.objects.create(kind=Rule.Kind.WORD, value="herons", effect=Rule.Effect.HOLD)
    ria = make_user("ria")
    comment = make_reply(make_post(), user=ria)
    client.force_login(ria)
    mailbox()
    spam = "Buy viagra and cialis online in our online casino: https://pills.example"
    for text, told in ((spam, ["mo"]), (f"{spam} and herons", [])):
        client.post(f"/comments/{comment.pk}/edit/", {"reply": text})
        assert people_told(mailbox) == told
    assert Comment.objects.get().held_because == HeldBecause.RULE


# --- a flood of replies is no flood of mails ---


def flood(send: Send, post: Post, number: int) -> None:
    for n in range(number):
        person = {"name": f"Guest {n}", "email": f"guest{n}@example.org"}
        send(post, client=Client(REMOTE_ADDR=f"192.0.2.{n}"), reply=f"Number {n}.", **person)


def test_what_waits_for_others_keeps_no_author_from_hearing_of_theirs(
    ada: User, make_post: MakePost, mo: User, send: Send, mailbox: Mailbox
) -> None:
    mine = post_by(ada, make_post, "By Ada")
    flood(send, make_post("By somebody else"), 11)
    mailbox()
    send(mine)
    assert people_told(mailbox) == ["ada"]


def test_who_decides_about_several_posts_is_spared_a_flood_over_them(
    ada: User, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    flood(send, post_by(ada, make_post, "The first"), 6)
    flood(send, post_by(ada, make_post, "The second"), 5)
    mailbox()
    send(post_by(ada, make_post, "The third"))
    assert people_told(mailbox) == []


@pytest.mark.parametrize("mails", [ReplyMails.EACH, ReplyMails.NONE])
def test_a_flood_asks_the_background_for_no_mails(
    ada: User, make_post: MakePost, send: Send, mails: str
) -> None:
    post = post_by(ada, make_post, "By Ada", conversation={"notices": mails})
    flood(send, post, 12)
    waiting = Task.objects.filter(task_path="moderation.tasks.tell_of_waiting")
    assert waiting.count() == 10
