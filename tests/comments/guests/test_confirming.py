"""Where guests confirm their address: a mail, a link that only shows, a button that counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from tests.comments.conftest import Send
from tests.comments.guests.conftest import Mailbox, path_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(post: Post) -> Post:
    post.comment_policy = "confirmed"
    post.save()
    return post


def test_a_guest_confirms_by_mail_and_the_reply_appears(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    comment = Comment.objects.get()
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.UNCONFIRMED)
    (mail,) = mailbox()
    assert mail["To"] == "wim@example.org"
    assert mail["Subject"] == "Confirm your reply to “Apples and pears”"
    assert "A good point." in text_of(mail)
    link = path_in(mail, "/comments/confirm/")
    page = client.get(link)
    assert "Yes, I wrote this" in page.text
    assert "Readers see it now." in client.post(link).text
    assert "A good point." in Client().get(post.get_absolute_url()).text


def test_until_then_its_writer_reads_in_the_thread_what_to_do(
    client: Client, post: Post, send: Send
) -> None:
    send(post)
    assert "open the link in the mail that we sent you" in client.get(post.get_absolute_url()).text
    Comment.objects.update(held_because=HeldBecause.FILTER)
    assert "waits for a moderator" in client.get(post.get_absolute_url()).text


def test_one_mail_confirms_the_reply_and_the_wish_to_hear_of_answers(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post, answers="on")
    (mail,) = mailbox()
    client.post(path_in(mail, "/comments/confirm/"))
    comment = Comment.objects.get()
    send(post, client=Client(), to=comment.pk, name="Zoe", email="zoe@example.org")
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    assert [mail["To"] for mail in mailbox()] == ["wim@example.org"]


def test_a_program_that_opens_every_link_confirms_nothing(
    post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    (mail,) = mailbox()
    link = path_in(mail, "/comments/confirm/")
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert Comment.objects.get().status == Status.PENDING


def test_confirming_twice_is_as_good_as_once(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    client.post(link)
    confirmed_at = Comment.objects.get().confirmed_at
    assert client.post(link).status_code == 200
    assert Comment.objects.get().confirmed_at == confirmed_at
    post.refresh_from_db()
    assert post.comment_count == 1


def test_the_browser_that_is_proven_need_not_confirm_again(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    send(post, reply="And another thing.")
    assert Comment.objects.get(body="And another thing.").is_approved
    assert mailbox() == []


def test_somebody_else_with_the_same_address_must_confirm(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    send(post, reply="I say I am Wim.", client=Client())
    assert Comment.objects.get(body="I say I am Wim.").status == Status.PENDING
    send(post, reply="I write with another address.", email="other@example.org")
    assert Comment.objects.get(email="other@example.org").status == Status.PENDING


def test_a_moderator_may_be_faster_and_keeps_the_last_word(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    Comment.objects.update(status=Status.REJECTED)
    assert "A moderator reads it" in client.post(link).text
    assert Comment.objects.get().status == Status.REJECTED


@pytest.mark.parametrize(
    "change", [lambda link: link[:-4] + "AAA/", lambda _: "/comments/confirm/a:b:c/"]
)
def test_a_forged_link_leads_nowhere(
    client: Client, post: Post, send: Send, mailbox: Mailbox, change: Any
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    assert client.post(change(link)).status_code == 404
    assert Comment.objects.get().status == Status.PENDING


def test_an_old_link_says_so(client: Client, post: Post, send: Send, mailbox: Mailbox) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        answer = client.post(link)
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_an_account_has_proven_its_address_already(
    client: Client, post: Post, send: Send, make_user: Any, mailbox: Mailbox
) -> None:
    client.force_login(make_user("ada"))
    send(post)
    assert Comment.objects.get().is_approved
    assert mailbox() == []
