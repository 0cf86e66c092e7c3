"""Everything one person wrote: found by the address alone, taken along, erased without a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Status
from following.models import Follow
from outbox.models import Mail
from tests.conftest import Mailbox, MakePost
from tests.mail_server import MailServer
from tests.mails import path_in
from tests.replies import MakeReply

pytestmark = pytest.mark.django_db
WIM = {"name": "Wim Zoutkamp", "email": "wim@example.org", "website": "https://wim.example.org/"}


@pytest.fixture
def link(client: Client, mailbox: Mailbox) -> Callable[[], str]:
    """link() -> the path that is mailed to wim@example.org."""

    def ask() -> str:
        mailbox()
        client.post("/comments/find/", {"email": "wim@example.org"})
        (mail,) = mailbox()
        assert mail["To"] == "wim@example.org"
        return path_in(mail, "/comments/mine/")

    return ask


def test_the_page_lists_every_reply_with_its_state(
    client: Client, post: Post, make_reply: MakeReply, link: Callable[[], str]
) -> None:
    make_reply(post, "Approved one.", **WIM)
    make_reply(post, "Waiting one.", status=Status.PENDING, **WIM)
    make_reply(post, "Somebody else's.")
    page = client.get(link())
    assert "Approved one." in page.text
    assert "Waiting one." in page.text
    assert "Somebody else" not in page.text
    assert page["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DELETED])
def test_the_page_offers_to_change_what_can_be_changed(
    client: Client, post: Post, make_user: Any, make_reply: MakeReply, status: Status
) -> None:
    ada = make_user("ada")
    comment = make_reply(post, user=ada, status=status)
    client.force_login(ada)
    page = client.get("/comments/mine/").text
    for verb in ("edit", "delete"):
        url = f"/comments/{comment.pk}/{verb}/"
        assert (f'href="{url}"' in page) == (client.get(url).status_code == 200)


def test_nothing_is_wrong_before_anything_is_typed(client: Client) -> None:
    opened = client.get("/comments/find/")
    assert opened.status_code == 200
    assert "has-errors" not in opened.text
    assert 'role="alert"' not in opened.text
    sent = client.post("/comments/find/", {"email": ""})
    assert sent.status_code == 422
    assert "has-errors" in sent.text


def test_nobody_learns_whether_an_address_wrote_here(
    client: Client, post: Post, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, **WIM)
    mailbox()
    known = client.post("/comments/find/", {"email": "wim@example.org"}).text
    unknown = client.post("/comments/find/", {"email": "eve@example.org"}).text
    assert known.replace("wim@", "eve@") == unknown
    assert [mail["To"] for mail in mailbox()] == ["wim@example.org"]


@pytest.mark.parametrize("minute", [0, 59])
def test_one_link_an_hour_is_mailed(
    client: Client, post: Post, make_reply: MakeReply, mailbox: Mailbox, minute: int
) -> None:
    make_reply(post, **WIM)
    with time_machine.travel(datetime(2030, 5, 1, 12, minute, 59, tzinfo=UTC), tick=False) as clock:
        mailbox()
        arrived = []
        for pause in (2, 3590, 10):
            client.post("/comments/find/", {"email": "wim@example.org"})
            arrived.append(len(mailbox()))
            clock.shift(timedelta(seconds=pause))
        client.post("/comments/find/", {"email": "wim@example.org"})
        assert [*arrived, len(mailbox())] == [1, 0, 0, 1]


@pytest.mark.parametrize("email", ["", "wim", "@", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_told(client: Client, email: str) -> None:
    answer = client.post("/comments/find/", {"email": email})
    assert answer.status_code == 422
    assert email in answer.text


@pytest.mark.parametrize("below", ["", "download/", "erase/"])
def test_a_link_works_for_a_day(
    client: Client, post: Post, make_reply: MakeReply, link: Callable[[], str], below: str
) -> None:
    make_reply(post, **WIM)
    path = link() + below
    assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(path).status_code == 410
    assert client.get("/comments/mine/a:b:c/" + below).status_code == 404


def test_everything_can_be_taken_along(
    client: Client, post: Post, make_reply: MakeReply, link: Callable[[], str]
) -> None:
    make_reply(post, "A *good* point.", address="192.0.2.7", **WIM)
    Follow.objects.create(post=post, email="wim@example.org", scope="all", language="en")
    answer = client.get(link() + "download/")
    assert answer["Content-Disposition"] == 'attachment; filename="replies.json"'
    taken = json.loads(answer.text)
    (reply,) = taken["replies"]
    assert (reply["text"], reply["name"], reply["status"]) == (
        "A *good* point.",
        "Wim Zoutkamp",
        "approved",
    )
    assert reply["url"].startswith("http://localhost:8000/comments/")
    assert taken["follows"][0]["article"] == "Apples and pears"


def test_erasing_leaves_no_trace(
    client: Client, post: Post, make_reply: MakeReply, link: Callable[[], str], mailbox: Mailbox
) -> None:
    mine = make_reply(post, "A memorable sentence.", address="192.0.2.7", **WIM)
    make_reply(post, "An answer of somebody else.", parent=mine)
    Follow.objects.create(post=post, email="wim@example.org", scope="all", language="en")
    path = link()
    assert "cannot be brought back" in client.get(path + "erase/").text
    assert client.post(path + "erase/").status_code == 303
    mailbox()
    for page in (post.get_absolute_url(), "/comments/feed/", f"/{post.address}/comments/feed/"):
        text = Client().get(page).text
        assert "memorable" not in text
        assert "Zoutkamp" not in text
    assert "An answer of somebody else." in Client().get(post.get_absolute_url()).text
    assert tables_with("memorable", "Zoutkamp", "wim@example.org", "wim.example.org") == []
    assert not Mail.objects.filter(kind="my_replies").exists()


def test_mails_that_wait_for_the_mail_server_are_erased_too(
    client: Client,
    post: Post,
    make_post: MakePost,
    make_reply: MakeReply,
    link: Callable[[], str],
    mailbox: Mailbox,
    mail_server: MailServer,
) -> None:
    """To confirm a reply, to confirm a wish, the news that was wished for, and the way here."""
    make_reply(post, **WIM)
    Follow.objects.create(
        post=post, email=WIM["email"], scope="all", language="en", confirmed_at=timezone.now()
    )
    path = link()
    mail_server.answer = "451 try again later"
    make_reply(post, "News.", email="zoe@example.org")
    other = make_post("Herons", conversation={"policy": "confirmed"})
    guest = {"name": "Wim", "email": WIM["email"], "reply": "A good point."}
    client.post(f"/{other.address}/reply/", guest)
    client.post(f"/{make_post('Newts').address}/follow/", {"email": WIM["email"]})
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        client.post("/comments/find/", {"email": WIM["email"]})
        mailbox()
        assert Mail.objects.filter(sent_at=None, recipients=[WIM["email"]]).count() == 4
        client.post(path + "erase/")
    assert not Mail.objects.filter(sent_at=None).exists()


def tables_with(*words: str) -> list[str]:
    """The tables in which any of these words stands, in whichever column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            found += [f"{table}: {word}" for word in words if word in rows]
    return found


def test_an_erased_reply_is_mailed_to_nobody(
    client: Client, post: Post, make_reply: MakeReply, link: Callable[[], str], mailbox: Mailbox
) -> None:
    """A worker that comes late finds nothing to send."""
    Follow.objects.create(
        post=post, email="bob@example.org", scope="all", language="en", confirmed_at=timezone.now()
    )
    make_reply(post, "First.", **WIM)
    path = link()
    make_reply(post, "A memorable sentence.", **WIM)
    client.post(path + "erase/")
    assert mailbox() == []


def test_an_account_finds_its_own_without_a_mail(
    client: Client, post: Post, make_user: Any, make_reply: MakeReply
) -> None:
    ada = make_user("ada")
    make_reply(post, "By Ada.", user=ada)
    make_reply(post, "By a guest.")
    assert client.get("/comments/mine/").status_code == 302
    client.force_login(ada)
    page = client.get("/comments/mine/").text
    assert "By Ada." in page
    assert "By a guest." not in page
    assert json.loads(client.get("/comments/mine/download/").text)["name"] == "ada"
    client.post("/comments/mine/erase/")
    assert list(Comment.objects.filter(status=Status.DELETED).values_list("body", flat=True)) == [
        ""
    ]


def test_an_account_finds_what_its_owner_wrote_without_signing_in(
    client: Client, post: Post, make_user: Any, make_reply: MakeReply
) -> None:
    ada = make_user("ada")
    ada.emailaddress_set.create(email="claimed@example.org", verified=False)
    make_reply(post, "Somebody else's.", email="claimed@example.org")
    guests = make_reply(post, "In a hurry.", email="ada@example.org")
    Follow.objects.create(post=post, email="ada@example.org", scope="all", language="en")
    client.force_login(ada)
    page = " ".join(client.get("/comments/mine/").text.split())
    assert "In a hurry." in page
    assert "every reply · not confirmed yet" in page
    assert "Somebody else" not in page
    assert client.get(f"/comments/{guests.pk}/edit/").status_code == 200
    assert "In a hurry." in client.get("/comments/mine/download/").text
    client.post("/comments/mine/erase/")
    assert not Follow.objects.exists()
    assert list(Comment.objects.values_list("body", flat=True)) == ["Somebody else's.", ""]


def test_a_follow_is_stopped_from_the_list(
    client: Client, post: Post, make_post: Any, make_user: Any
) -> None:
    ada, eve = make_user("ada"), make_user("eve")
    mine = Follow.objects.create(post=post, user=ada, scope="all", language="en")
    hers = Follow.objects.create(post=post, user=eve, scope="all", language="en")
    client.force_login(ada)
    for pk in (mine.pk, hers.pk, "x", 10**30):
        assert client.post("/comments/mine/", {"stop": pk}).status_code == 303
    assert list(Follow.objects.all()) == [hers]


@pytest.mark.parametrize("number", ["0", "-1", "x", "2", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(client: Client, make_user: Any, number: str) -> None:
    client.force_login(make_user("ada"))
    assert client.get(f"/comments/mine/?page={number}").status_code == 404


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_costs_the_same_however_long_it_is(
    client: Client,
    post: Post,
    make_user: Any,
    make_reply: MakeReply,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    ada = make_user("ada")
    for n in range(number):
        make_reply(post, f"Number {n}.", user=ada, at=timezone.now() - timedelta(hours=60 - n))
    client.force_login(ada)
    with django_assert_num_queries(5):
        assert client.get("/comments/mine/").status_code == 200
