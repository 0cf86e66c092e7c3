"""A link from an old mail: it stops what the person has now."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from django.test import Client

from blog.models import Post
from following.links import FOLLOW
from following.models import Follow
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in
from tests.replies import MakeReply

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
NO_MORE = "You will get no more mails about this conversation."


def follow(post: Post, mailbox: Mailbox, email: str = "wim@example.org") -> None:
    client = Client()
    client.post(f"/{post.address}/follow/", {"email": email})
    client.post(path_in(mailbox()[0], "/comments/follow/"))


def hear(post: Post, make_reply: MakeReply, mailbox: Mailbox) -> list[EmailMessage]:
    make_reply(post, name="Bob", email="bob@example.org")
    return mailbox()


def stop_of(mail: EmailMessage) -> str:
    (path,) = re.findall(r"<http://localhost:8000(/[^>]+)>", mail["List-Unsubscribe"])
    return str(path)


@pytest.mark.parametrize("by_page", [False, True])
def test_it_stops_a_newer_wish_too(
    post: Post, make_reply: MakeReply, mailbox: Mailbox, by_page: bool
) -> None:
    follow(post, mailbox)
    (mail,) = hear(post, make_reply, mailbox)
    stop, page = stop_of(mail), path_in(mail, "/comments/follow/")
    Client().post(stop, ONE_CLICK)
    follow(post, mailbox)
    assert "gets a mail for each new reply" in Client().get(page).text
    if by_page:
        assert "You get no more mails" in Client().post(page, {"stop": "1"}).text
    else:
        assert Client().post(stop, ONE_CLICK).text == NO_MORE
    assert "You get no more mails" in Client().get(page).text
    assert hear(post, make_reply, mailbox) == []


def test_it_stops_the_wish_of_the_account_with_the_same_mailbox(
    post: Post, make_reply: MakeReply, make_user: MakeUser, mailbox: Mailbox
) -> None:
    follow(post, mailbox)
    reader = Client()
    reader.force_login(make_user("wim"))
    reader.post(f"/{post.address}/follow/")
    mails = hear(post, make_reply, mailbox)
    assert [mail["To"] for mail in mails] == ["wim@example.org"] * 2
    assert Client().post(stop_of(mails[0]), ONE_CLICK).text == NO_MORE
    assert hear(post, make_reply, mailbox) == []


def test_it_stops_nothing_of_others_and_of_other_conversations(
    post: Post, make_post: MakePost, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    other = make_post("Another")
    follow(post, mailbox)
    (mail,) = hear(post, make_reply, mailbox)
    follow(post, mailbox, "zoe@example.org")
    follow(other, mailbox)
    Client().post(stop_of(mail), ONE_CLICK)
    assert set(Follow.objects.values_list("post", "email")) == {
        (post.pk, "zoe@example.org"),
        (other.pk, "wim@example.org"),
    }


def test_the_address_cannot_be_read_from_it(
    post: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    follow(post, mailbox)
    (mail,) = hear(post, make_reply, mailbox)
    token = stop_of(mail).split("/")[3]
    assert "wim" not in str(FOLLOW.read(token))
