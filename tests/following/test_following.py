"""Being told of replies by mail: asked for, confirmed, sent once, and stopped in one press."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from background.models import Task
from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from following.models import Follow
from moderation.deciding import decide, undo
from tests.conftest import Mailbox
from tests.mail_server import MailServer
from tests.mails import path_in, text_of
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db
BOB = {"name": "Bob", "email": "bob@example.org"}


def follow(client: Client, post: Post, email: str = "wim@example.org") -> Any:
    return client.post(f"/{post.address}/follow/", {"email": email})


def to(mails: list[EmailMessage], address: str) -> list[EmailMessage]:
    return [mail for mail in mails if mail["To"] == address]


@pytest.fixture
def followed(client: Client, post: Post, mailbox: Mailbox) -> Post:
    """A post of whose replies wim@example.org wants to hear, and said so twice."""
    follow(client, post)
    client.post(path_in(mailbox()[0], "/comments/follow/"))
    return post


def test_nothing_is_mailed_before_the_address_is_confirmed(
    client: Client, post: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    assert follow(client, post).status_code == 303
    (mail,) = mailbox()
    assert mail["Subject"].strip() == "Do you want to be told of replies to “Apples and pears”?"
    make_reply(post, **BOB)
    assert mailbox() == []
    link = path_in(mail, "/comments/follow/")
    assert "Mails go to wim@example.org." in client.get(link).text
    assert Follow.objects.get().confirmed_at is None
    assert "gets a mail for each new reply" in client.post(link).text
    make_reply(post, "Second.", **BOB)
    (told,) = mailbox()
    assert told["Subject"] == "Bob replied to “Apples and pears”"
    assert "Second." in text_of(told)


def test_a_mail_that_has_not_gone_does_not_go_once_the_reply_is_taken_away(
    followed: Post, mailbox: Mailbox, mail_server: MailServer, make_reply: MakeReply
) -> None:
    mail_server.verdict = "451 Come back later"
    reply = make_reply(followed, **BOB)
    assert mailbox() == []
    mail_server.verdict = "250 OK"
    batch = decide(comments=[reply], decision=Status.SPAM, by=None).batch
    assert not arrived_later(mailbox)
    undo(batch=batch, by=None)
    (told,) = arrived_later(mailbox)
    assert told["Subject"] == "Bob replied to “Apples and pears”"


def arrived_later(mailbox: Mailbox) -> list[EmailMessage]:
    """Once tasks that wait for another try have had it."""
    Task.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())
    return mailbox()


def test_saying_no_keeps_nothing(client: Client, post: Post, mailbox: Mailbox) -> None:
    follow(client, post)
    answer = client.post(path_in(mailbox()[0], "/comments/follow/"), {"stop": "1"})
    assert "You get no more mails" in answer.text
    assert not Follow.objects.exists()


def test_asking_again_and_again_mails_one_question(
    client: Client, post: Post, mailbox: Mailbox
) -> None:
    for _ in range(4):
        follow(client, post)
    assert len(mailbox()) == 1


def test_nobody_can_fill_the_mailbox_of_another(
    client: Client, make_post: Any, mailbox: Mailbox
) -> None:
    answers = [follow(client, make_post(f"Post {number}")) for number in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 2
    assert "Try again tomorrow" in answers[-1].text
    assert "wim@example.org" in answers[-1].text
    assert len(mailbox()) == 5


@pytest.mark.parametrize("email", ["", "wim", "wim@", "a@b\nc.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_told_at_its_field(client: Client, post: Post, email: str) -> None:
    answer = follow(client, post, email)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_a_mail_program_stops_it_in_one_press(
    followed: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    """RFC 8058: POST with that one pair, without a cookie and from nowhere."""
    make_reply(followed, **BOB)
    (mail,) = mailbox()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (url,) = re.findall(r"^\s*<http://localhost:8000(/[^>]+)>$", mail["List-Unsubscribe"])
    program = Client(enforce_csrf_checks=True)
    opened = program.get(url, follow=True)
    assert 'name="stop"' in opened.text
    assert Follow.objects.exists()
    for _ in range(2):
        assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    make_reply(followed, "More.", **BOB)
    assert mailbox() == []


def test_the_link_in_the_mail_shows_before_it_stops(
    followed: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    make_reply(followed, **BOB)
    link = path_in(mailbox()[0], "/comments/follow/")
    reader = Client()
    assert "Stop these mails" in reader.get(link).text
    assert Follow.objects.exists()
    assert "You get no more mails" in reader.post(link, {"stop": "1"}).text
    assert "You get no more mails" in reader.get(link).text


def test_whoever_asks_with_the_reply_is_told_of_answers_and_of_nothing_else(
    client: Client, post: Post, send: Send, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    send(post, answers="on")
    mine = Comment.objects.get()
    decide(comments=[mine], decision=Status.APPROVED, by=None)
    mine.refresh_from_db()
    (question,) = to(mailbox(), "wim@example.org")
    client.post(path_in(question, "/comments/follow/"))
    make_reply(post, "Not to you.", **BOB)
    make_reply(post, "To you.", parent=mine, **BOB)
    (told,) = to(mailbox(), "wim@example.org")
    assert "To you." in text_of(told)


def test_nobody_is_told_of_what_they_wrote_themselves(
    followed: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    make_reply(followed, name="Wim", email="wim@example.org")
    assert mailbox() == []


def test_each_reply_is_told_of_once_however_often_it_is_approved(
    followed: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    reply = make_reply(followed, **BOB)
    assert len(mailbox()) == 1
    for status in (Status.REMOVED, Status.APPROVED, Status.SPAM, Status.APPROVED):
        decide(comments=[reply], decision=status, by=None)
    assert mailbox() == []


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED, Status.REJECTED])
def test_what_readers_do_not_see_is_told_to_nobody(
    followed: Post, mailbox: Mailbox, make_reply: MakeReply, status: Status
) -> None:
    reply = make_reply(followed, status=Status.APPROVED, **BOB)
    decide(comments=[reply], decision=status, by=None)
    assert mailbox() == []


def test_an_account_follows_with_one_press_and_hears_at_its_own_address(
    client: Client, post: Post, make_user: Any, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    client.force_login(make_user("ada"))
    assert "Mails go to ada@example.org" in client.get(f"/{post.address}/follow/").text
    assert client.post(f"/{post.address}/follow/").status_code == 303
    make_reply(post, **BOB)
    assert [mail["To"] for mail in mailbox()] == ["ada@example.org"]


def test_mails_speak_the_language_in_which_they_were_asked_for(
    post: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    german = Client(headers={"Accept-Language": "de"})
    follow(german, post)
    (question,) = mailbox()
    german.post(path_in(question, "/comments/follow/"))
    make_reply(post, **BOB)
    (told,) = mailbox()
    part = told.get_body(("html",))
    assert part
    assert '<html lang="de">' in part.get_content()


def test_a_post_that_is_not_to_be_read_has_no_conversation_to_follow(
    client: Client, make_post: Any
) -> None:
    scheduled = make_post("Later", at=timezone.now() + timedelta(days=1))
    withdrawn = make_post("Gone")
    publishing.withdraw(post=withdrawn, by=None)
    for post in (scheduled, withdrawn):
        assert client.get(f"/{post.address}/follow/").status_code == 404
        assert follow(client, post).status_code == 404
    assert not Follow.objects.exists()


def test_a_forged_link_is_not_found(client: Client) -> None:
    assert client.get("/comments/follow/a:b:c/").status_code == 404
    assert client.post("/comments/follow/a:b:c/stop/").status_code == 404
