"""Wherever somebody decides about a reply, the targets of its links stand beside their words."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in, text_of
from tests.moderators import QUEUE
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db
HERE = "[one](/admin/logout/) [two](../b) [three](?a=1)"
BODY = "Read [www.krant.example](http://totally-other.example/) now."
SHOWN = "Read www.krant.example (http://totally-other.example/) now."


def test_in_the_queue_and_where_it_is_answered(
    desk: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, BODY, status=Status.PENDING)
    for page in ("", f"{reply.pk}/change/", f"{reply.pk}/answer/"):
        assert SHOWN in words(desk, QUEUE + page), page


def test_so_do_targets_on_this_site(desk: Client, post: Post, make_reply: MakeReply) -> None:
    make_reply(post, HERE, status=Status.PENDING)
    assert "one (/admin/logout/) two (../b) three (?a=1)" in words(desk, QUEUE)


def test_in_a_moderators_mail_and_on_the_page_behind_it(
    client: Client, post: Post, send: Send, mo: User, mailbox: Mailbox
) -> None:
    send(post, reply=BODY)
    (mail,) = mailbox()
    assert SHOWN in text_of(mail)
    page = mail.get_body(("html",))
    assert page
    assert SHOWN in page.get_content()
    assert SHOWN in words(client, path_in(mail, "/comments/decide/"))


def test_for_the_one_who_is_asked_to_confirm_it(
    client: Client, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    send(make_post(conversation={"policy": "confirmed"}), reply=BODY)
    (mail,) = mailbox()
    assert SHOWN in words(client, path_in(mail, "/comments/confirm/"))


def test_for_readers_who_report_it_and_not_for_others(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, BODY)
    assert SHOWN in words(client, f"/comments/{reply.pk}/report/")
    assert "totally-other.example/)" not in words(client, post.get_absolute_url())
    assert Comment.objects.get().body_html.count("totally-other") == 1


def words(client: Client, address: str) -> str:
    return " ".join(html.fromstring(client.get(address).text).text_content().split())
