"""Signs that turn the direction of a text: nobody hides words behind them, in a reply or in a mail."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from comments.models import Comment
from tests.conftest import Mailbox
from tests.replies import Send

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "body",
    [
        "Kom naar \u202esielapkog\u202c nu",
        "Kom naar \u202esielapkog nu",
        "Kom naar &#x202e;sielapkog&#x202c; nu",
        "Kom naar &#8238;sielapkog nu",
        "Kom naar `\u202esielapkog` nu",
        "Kom naar \u202dsielapkog\u202c nu",
        "Kom naar \u2067sielapkog nu",
        "Kom naar \u202a\u202b\u2066\u2068\u2069sielapkog nu",
        "Kom naar [sielapkog](https://example.org/ '\u202e&#x202e;') nu",
    ],
)
def test_a_reply_reads_in_the_order_in_which_it_is_stored(
    client: Client, send: Send, post: Post, body: str
) -> None:
    send(post, reply=body)
    reply = Comment.objects.get()
    assert "sielapkog" in reply.body_html
    assert not TURNS.search(reply.body + reply.body_html)
    assert "sielapkog" in client.get(post.get_absolute_url()).text


@pytest.mark.parametrize(
    "body", ["שלום! \u200fעולם\u200e (abc)", "سلام \u061cدنیا", "می\u200cخواهم", "Hallo – 100 %"]
)
def test_marks_of_direction_that_turn_nothing_stay(send: Send, post: Post, body: str) -> None:
    send(post, reply=body)
    assert Comment.objects.get().body == body


def test_no_mail_holds_them(send: Send, post: Post, mo: User, mailbox: Mailbox) -> None:
    send(post, reply="Kom naar \u202esielapkog &#x202e;nu")
    (message,) = mailbox()
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    assert "sielapkog" in parts[0]
    assert not TURNS.search(message["Subject"] + "".join(parts))
