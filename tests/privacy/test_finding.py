"""Asking for the way to what one wrote: it tells a stranger nothing, and leads its owner there."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from background.models import Task
from blog.models import Post
from comments.verbs.claiming import claim
from tests.conftest import Mailbox, MakeUser
from tests.mails import path_in, text_of
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db
WIM = "wim@example.org"
SIGN_IN = "http://localhost:8000/accounts/login/?next=/comments/mine/"


def find(client: Client, email: str = WIM) -> Any:
    return client.post("/comments/find/", {"email": email})


def test_the_request_does_the_same_whoever_is_asked_about(
    client: Client, post: Post, make_reply: MakeReply, make_user: MakeUser, mailbox: Mailbox
) -> None:
    """Somebody unknown, a guest, a guest to whom a link was mailed just now, and an account."""
    make_reply(post, email=WIM)
    make_reply(post, user=make_user("ada"))
    mailbox()
    work = []
    for email in ("eve@example.org", WIM, WIM, "ada@example.org"):
        with CaptureQueriesContext(connection) as asked:
            find(client, email)
        work.append([without_values(query["sql"]) for query in asked.captured_queries])
        mailbox()
    assert work[0]
    assert work == [work[0]] * 4


def without_values(sql: str) -> str:
    return re.split(" VALUES| WHERE", sql)[0]


def test_one_sender_cannot_ask_about_many_addresses(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        answers = [find(client, f"guest{n}@example.org") for n in range(12)]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
        assert answers[-1]["Retry-After"] == "600"
        assert "guest11@example.org" in answers[-1].text
        assert "many times" in answers[-1].text
        assert find(Client(REMOTE_ADDR="192.0.2.9")).status_code == 200
    assert Task.objects.filter(task_path__endswith="mail_link_to").count() == 11


def test_whose_replies_an_account_has_claimed_is_told_to_sign_in(
    client: Client, post: Post, make_user: MakeUser, send: Send, mailbox: Mailbox
) -> None:
    send(post, email="ada@example.org")
    ada = make_user("ada")
    claim(user=ada, email="ada@example.org")
    mailbox()
    find(client, "ada@example.org")
    (mail,) = mailbox()
    html = mail.get_body(("html",))
    assert html
    for text in (text_of(mail), html.get_content()):
        assert SIGN_IN in text
        assert "/comments/mine/" not in text.replace(SIGN_IN, "")
    client.force_login(ada)
    assert "A good point." in client.get(SIGN_IN, follow=True).text


def test_who_wrote_with_and_without_the_account_is_led_to_both(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, "With.", user=make_user("ada"))
    make_reply(post, "Without.", email="ada@example.org")
    mailbox()
    find(client, "ada@example.org")
    (mail,) = mailbox()
    assert SIGN_IN in text_of(mail)
    assert "Without." in client.get(path_in(mail, "/comments/mine/")).text


@pytest.mark.parametrize("account", ["writes nothing", "only says it is hers", "is closed"])
def test_no_other_account_is_spoken_of(
    client: Client,
    post: Post,
    make_user: MakeUser,
    make_reply: MakeReply,
    mailbox: Mailbox,
    account: str,
) -> None:
    ada = make_user("ada", is_active=account != "is closed")
    if account != "writes nothing":
        make_reply(post, user=ada)
    if account == "only says it is hers":
        ada.emailaddress_set.update(verified=False)
    mailbox()
    find(client, "ada@example.org")
    assert mailbox() == []


def test_an_account_that_erases_everything_erases_that_it_was_asked_about(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    ada = make_user("ada")
    ada.emailaddress_set.create(email="ada@old.example", verified=True)
    make_reply(post, user=ada)
    for email in ("ada@example.org", "ada@old.example", WIM):
        find(client, email)
        mailbox()
    find(client, "ada@old.example")
    client.force_login(ada)
    client.post("/comments/mine/erase/")
    asked = Task.objects.filter(task_path__endswith="mail_link_to")
    assert [task.args_kwargs["args"][0] for task in asked] == [WIM]
    assert mailbox() == []


def test_a_worker_is_left_what_it_is_busy_with(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply
) -> None:
    """It could not write down that it is done; the row goes with the others of its day."""
    ada = make_user("ada")
    make_reply(post, user=ada)
    find(client, "ada@example.org")
    asked = Task.objects.filter(task_path__endswith="mail_link_to")
    asked.update(status="RUNNING")
    client.force_login(ada)
    client.post("/comments/mine/erase/")
    assert asked.exists()
