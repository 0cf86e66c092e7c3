"""What a stranger can do who types somebody else's address to follow a conversation: nothing, unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from following.models import Follow
from tests.conftest import Mailbox, MakePost
from tests.mails import path_in, text_of
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.django_db
WIM = "wim@example.org"


def follow(post: Post, email: str = WIM, client: Client | None = None) -> str:
    """What the page says to who asks to follow a post with this address."""
    client = client or Client()
    answer: Any = client.post(f"/{post.address}/follow/", {"email": email}, follow=True)
    return str(answer.text).partition('class="messages"')[2].partition("</ul>")[0]


def make_follow(post: Post, scope: str = "answers") -> Follow:
    now = timezone.now()
    return Follow.objects.create(post=post, email=WIM, scope=scope, language="en", confirmed_at=now)


def test_nobody_widens_the_wish_of_another(
    post: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    before = Follow.objects.filter(pk=make_follow(post).pk).values().get()
    follow(post)
    mailbox()
    assert Follow.objects.values().get() == before
    make_reply(post, "To nobody.", email="bob@example.org")
    assert mailbox() == []


@pytest.mark.parametrize("scope", ["answers", "all"])
def test_nobody_learns_whether_another_follows(post: Post, scope: str) -> None:
    make_follow(post, scope)
    said = follow(post)
    assert "A mail is on its way to you." in said
    assert said == follow(post, "unknown@example.org")


def test_the_owner_says_by_the_mailed_link_that_it_shall_be_every_reply(
    post: Post, mailbox: Mailbox, make_reply: MakeReply
) -> None:
    make_follow(post)
    follow(post)
    (mail,) = mailbox()
    assert mail["To"] == WIM
    assert "do nothing: nothing changes" in text_of(mail)
    link, owner = path_in(mail, "/comments/follow/"), Client()
    assert "each answer to your replies" in owner.get(link).text
    page = owner.post(link, {"everything": "1"}).text
    assert "each new reply" in page
    assert 'name="everything"' not in page
    make_reply(post, "To nobody.", email="bob@example.org")
    assert [mail["To"] for mail in mailbox()] == [WIM]


def test_a_link_that_was_not_confirmed_widens_nothing(post: Post, mailbox: Mailbox) -> None:
    follow(post)
    (mail,) = mailbox()
    Client().post(path_in(mail, "/comments/follow/"), {"everything": "1"})
    assert Follow.objects.get().confirmed_at is None


def test_asking_about_what_is_confirmed_fills_no_mailbox(
    make_post: MakePost, mailbox: Mailbox
) -> None:
    posts = [make_post(f"Post {n}") for n in range(7)]
    for post in posts:
        make_follow(post)
    for post in posts:
        for _ in range(2):
            Client(REMOTE_ADDR=f"192.0.2.{post.pk % 250}").post(
                f"/{post.address}/follow/", {"email": WIM}
            )
    assert len(mailbox()) == 5


def test_the_browser_that_is_proven_widens_at_once(
    client: Client, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    post = make_post(conversation={"policy": "confirmed"})
    send(post, answers="on")
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    assert "You will get a mail for each reply" in follow(post, client=client)
    assert Follow.objects.get().scope == "all"
    assert mailbox() == []


def test_confirming_a_reply_confirms_nothing_that_a_stranger_asked_for(
    client: Client, make_post: MakePost, send: Send, mailbox: Mailbox
) -> None:
    post = make_post(conversation={"policy": "confirmed"})
    follow(post)
    mailbox()
    send(post, answers="on")
    (mail,) = mailbox()
    client.post(path_in(mail, "/comments/confirm/"))
    assert Follow.objects.get().scope == "answers"


def test_nobody_widens_a_wish_that_its_owner_has_not_confirmed_yet(
    post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post, answers="on")
    assert "A mail is on its way to you." in follow(post)
    (mail,) = [mail for mail in mailbox() if mail["To"] == WIM]
    link, owner = path_in(mail, "/comments/follow/"), Client()
    page = owner.get(link).text
    assert "a mail for each answer to your replies" in page
    assert "a mail for each new reply" not in page
    assert "each answer to your replies" in owner.post(link).text
    assert Follow.objects.get().scope == "answers"


def test_the_page_says_that_every_reply_was_asked_for_before_it_is_confirmed(
    post: Post, send: Send, mailbox: Mailbox
) -> None:
    """Whoever ticked the box for answers may have been asked in a stranger's name before."""
    follow(post)
    send(post, answers="on")
    (mail,) = [mail for mail in mailbox() if mail["To"] == WIM]
    assert "a mail for each new reply" in Client().get(path_in(mail, "/comments/follow/")).text


@pytest.fixture
def proven_under(client: Client, make_post: MakePost, send: Send, mailbox: Mailbox) -> Post:
    """A post under which the client's browser replied with an address and confirmed it."""
    post = make_post(conversation={"policy": "confirmed"})
    send(post)
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    return post


def test_a_proven_browser_that_asks_for_answers_gets_answers_whatever_a_stranger_asked_for(
    client: Client, proven_under: Post, send: Send
) -> None:
    follow(proven_under)
    send(proven_under, reply="More.", answers="on")
    wish = Follow.objects.get()
    assert wish.confirmed_at
    assert wish.scope == "answers"


def test_who_follows_everything_and_asks_for_answers_still_gets_everything(
    client: Client, proven_under: Post, send: Send
) -> None:
    follow(proven_under, client=client)
    send(proven_under, reply="More.", answers="on")
    assert Follow.objects.get().scope == "all"
