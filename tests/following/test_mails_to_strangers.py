"""A mail to an address that anybody may have typed holds nothing of theirs."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.test import Client

from blog.models import Post
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in
from tests.replies import Send

pytestmark = pytest.mark.django_db


def all_of(message: EmailMessage) -> str:
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([*map(str, message.values()), *parts])


@pytest.fixture
def asking(make_post: MakePost) -> Post:
    return make_post("Herons", conversation={"policy": "confirmed"})


def test_the_mail_that_asks_for_confirmation_holds_nothing_a_stranger_wrote(
    client: Client, asking: Post, send: Send, mailbox: Mailbox
) -> None:
    mine = {
        "name": "Buy Gold",
        "website": "https://gold.example/",
        "reply": "Read this at gold.example!",
    }
    send(asking, **mine)
    (message,) = mailbox()
    assert "Herons" in all_of(message)
    assert "gold" not in all_of(message).lower()
    assert "Read this at" in client.get(path_in(message, "/comments/confirm/")).text


def test_the_mail_that_asks_about_following_holds_nothing_a_stranger_wrote(
    client: Client, asking: Post, mailbox: Mailbox
) -> None:
    client.post(f"/{asking.address}/follow/", {"email": "wim@example.org", "name": "gold.example"})
    (message,) = mailbox()
    assert "gold" not in all_of(message)
