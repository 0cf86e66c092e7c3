"""One mailbox under many spellings is one person: for limits, for rules, and for what is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from moderation.models import Rule
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db
MAILS_A_DAY = 5
SAME = [
    "victim@example.org",
    "Victim@EXAMPLE.org",
    "victim@e\u00adxample.org",
    "victim@exa\u2060mple.org",
    "victim@\uff45xample.org",
    "victim@example\uff0eorg",
    "victim+news@example.org",
    "victim+1@example.org",
]
BERLIN, IN_ASCII = "jan@bücher.example", "jan@xn--bcher-kva.example"


def follow(post: Post, email: str, n: int = 1) -> Any:
    browser = Client(REMOTE_ADDR=f"192.0.2.{n}")
    return browser.post(f"/{post.address}/follow/", {"email": email})


def test_all_spellings_together_get_five_mails_for_follows(
    make_post: MakePost, mailbox: Mailbox
) -> None:
    for n, email in enumerate(SAME):
        follow(make_post(f"Post {n}"), email, n)
    assert len(mailbox()) == MAILS_A_DAY


def test_all_spellings_together_get_five_mails_for_replies(
    make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    post = make_post(conversation={"policy": "confirmed"})
    for n, email in enumerate(SAME):
        send(post, client=Client(REMOTE_ADDR=f"192.0.2.{n}"), reply=f"Number {n}.", email=email)
    assert len(mailbox()) == MAILS_A_DAY


def test_mails_go_to_the_address_that_was_typed(post: Post, mailbox: Mailbox) -> None:
    follow(post, "Victim+News@example.org")
    (mail,) = mailbox()
    assert mail["To"] == "victim+news@example.org"


@pytest.mark.parametrize("address", ["root@localhost", "a@[127.0.0.1]", '"a\u0001"@example.org'])
def test_what_cannot_be_mailed_is_refused_at_its_field(
    client: Client, post: Post, send: Send, address: str
) -> None:
    for answer in (
        send(post, email=address, reply="Not lost."),
        follow(post, address),
        client.post("/comments/find/", {"email": address}),
    ):
        assert answer.status_code == 422
        assert "Enter a valid email address." in answer.text
    assert "Not lost." in send(post, email=address, reply="Not lost.").text
    assert not Comment.objects.exists()


def test_what_is_written_with_one_spelling_is_found_by_another(
    client: Client, post: Post, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, "Guten Tag.", email=BERLIN)
    client.post("/comments/find/", {"email": IN_ASCII.upper()})
    (mail,) = mailbox()
    assert mail["To"] == IN_ASCII
    assert "Guten Tag." in client.get(path_in(mail, "/comments/mine/")).text


def test_what_is_written_with_a_tag_belongs_to_that_address_alone(
    client: Client, post: Post, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, email="box+news@example.org")
    client.post("/comments/find/", {"email": "box@example.org"})
    assert mailbox() == []


@pytest.mark.parametrize(
    ("rule", "email", "is_met"),
    [
        ("box@example.org", "box+x@example.org", True),
        ("box+x@example.org", "box@example.org", True),
        ("box+x@example.org", "box+y@EXAMPLE.org", True),
        ("box@example.org", "boxer@example.org", False),
        ("*@example.org", "box+x@example.org", True),
        (BERLIN, IN_ASCII, True),
        ("*@straße.example", "jan@straße.example", True),
        ("*@straße.example", "jan@xn--strae-oqa.example", True),
        ("*@straße.example", "jan@strasse.example", False),
    ],
)
def test_a_rule_meets_the_person_behind_the_address(
    client: Client, post: Post, send: Send, make_user: MakeUser, rule: str, email: str, is_met: bool
) -> None:
    send(post, email=email, reply="Before.")
    boss = Client()
    boss.force_login(make_user("boss", is_staff=True, is_superuser=True))
    typed = {"kind": "email", "value": rule, "effect": "ban"}
    shown = boss.post("/admin/comments/rule/add/", typed)
    assert ("Before." in shown.text) == is_met
    boss.post("/admin/comments/rule/add/", typed | {"save": "1", "_save": "1"})
    assert Rule.objects.exists()
    assert send(post, email=email, reply="After.").status_code == (403 if is_met else 303)
