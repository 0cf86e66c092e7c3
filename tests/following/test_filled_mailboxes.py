"""Nobody can have us fill the mailbox of somebody else, in whichever way they have us ask it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Status
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in
from tests.replies import Send

pytestmark = pytest.mark.django_db
MAILS_A_DAY = 5


def send_from_everywhere(send: Send, posts: list[Post], **typed: Any) -> None:
    """As one does who changes the network address each time, so that no rate is too high."""
    for n, post in enumerate(posts):
        other = Client(REMOTE_ADDR=f"192.0.2.{n}")
        assert send(post, client=other, reply=f"Number {n}.", **typed).status_code == 303


def test_replies_to_confirm_send_five_mails_and_the_rest_waits_for_a_moderator(
    make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    post = make_post(conversation={"policy": "confirmed"})
    send_from_everywhere(send, [post] * (MAILS_A_DAY + 2))
    assert len(mailbox()) == MAILS_A_DAY
    client = Client(REMOTE_ADDR="192.0.2.99")
    send(post, client=client, reply="Mine, and I am Wim.")
    assert mailbox() == []
    assert "waits for a moderator" in client.get(post.get_absolute_url()).text
    assert Comment.objects.filter(status=Status.PENDING).count() == MAILS_A_DAY + 3


def test_wishes_to_hear_of_answers_send_five_mails_and_lose_no_reply(
    make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    posts = [make_post(f"Post {n}") for n in range(MAILS_A_DAY + 2)]
    send_from_everywhere(send, posts, answers="on")
    assert len(mailbox()) == MAILS_A_DAY
    assert Comment.objects.count() == len(posts)


def test_all_ways_together_send_five_mails(
    client: Client, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    send_from_everywhere(send, [make_post("One", conversation={"policy": "confirmed"})] * 2)
    send_from_everywhere(send, [make_post("Two")], answers="on")
    answers = [follow(client, make_post(f"Post {n}")) for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert len(mailbox()) == MAILS_A_DAY


def test_who_confirms_may_go_on(
    client: Client, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    post = make_post(conversation={"policy": "confirmed"})
    for n in range(MAILS_A_DAY):
        send(post, reply=f"Number {n}.")
    for mail in mailbox():
        client.post(path_in(mail, "/comments/confirm/"))
    send(post, reply="The sixth.")
    assert Comment.objects.get(body="The sixth.").is_approved


def test_one_sender_cannot_have_many_addresses_mailed(
    client: Client, post: Post, mailbox: Mailbox
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        answers = [follow(client, post, f"guest{n}@example.org") for n in range(12)]
        assert [answer.status_code for answer in answers] == [303] * 10 + [429] * 2
        assert answers[-1]["Retry-After"] == "600"
        assert "guest11@example.org" in answers[-1].text
        assert "many times" in answers[-1].text
        assert follow(Client(REMOTE_ADDR="192.0.2.9"), post).status_code == 303
    assert len(mailbox()) == 11


def follow(client: Client, post: Post, email: str = "wim@example.org") -> Any:
    return client.post(f"/{post.address}/follow/", {"email": email})
