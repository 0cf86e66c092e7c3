"""What a guest wrote becomes the account's when the address signs up and confirms."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.models import Post
from comments.models import Comment
from following.models import Follow
from tests.conftest import Mailbox
from tests.replies import MakeReply, Send, take_replies

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "email": "Wim@example.org",
    "username": "wimpie",
    "password1": "a long sentence of mine",
    "password2": "a long sentence of mine",
}


def sign_up(client: Client) -> None:
    assert client.post("/accounts/signup/", SIGN_UP).status_code == 302


def test_replies_are_claimed_when_the_address_is_confirmed_and_not_before(
    client: Client, post: Post, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    mine = make_reply(post, name="Wim Z.", email="wim@example.org", website="https://wim.example/")
    other = make_reply(post, email="bob@example.org")
    Follow.objects.create(post=post, email="wim@example.org", scope="all", language="en")
    mailbox()
    sign_up(client)
    mine.refresh_from_db()
    assert mine.user is None
    (mail,) = mailbox()
    part = mail.get_body(("plain",))
    assert part
    link = next(word for word in part.get_content().split() if "/confirm-email/" in word)
    client.post(link.replace("http://testserver", ""))
    mine.refresh_from_db()
    wimpie = User.objects.get(username="wimpie")
    assert (mine.user, mine.name, mine.email, mine.website) == (wimpie, "wimpie", "", "")
    assert Follow.objects.get().user == wimpie
    other.refresh_from_db()
    assert other.user is None


def test_somebody_elses_address_claims_nothing(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    """The link goes to the mailbox, and only whoever reads it can open it."""
    mine = make_reply(post, email="wim@example.org")
    sign_up(client)
    mine.refresh_from_db()
    assert mine.user is None


def test_what_waited_for_the_address_to_be_proven_appears(
    client: Client, post: Post, make_user: Any, send: Send, mailbox: Mailbox
) -> None:
    """And what waits for a moderator waits on."""
    send(post, reply="Held by the policy of before.", email="ada@example.org")
    take_replies(policy="confirmed")
    send(post, email="ada@example.org")
    assert len(mailbox()) == 1
    ada = make_user("ada")
    ada.emailaddress_set.update(verified=False)
    key = EmailConfirmationHMAC(ada.emailaddress_set.get()).key
    client.post(f"/accounts/confirm-email/{key}/")
    page = Client().get(post.get_absolute_url()).text
    assert "A good point." in page
    assert "Held by the policy" not in page
    assert set(Comment.objects.values_list("user", flat=True)) == {ada.pk}


def test_who_followed_as_guest_and_account_follows_once(
    post: Post, make_user: Any, make_reply: MakeReply
) -> None:
    ada = make_user("ada")
    Follow.objects.create(post=post, user=ada, scope="all", language="en")
    Follow.objects.create(post=post, email="ada@example.org", scope="all", language="en")
    make_reply(post, email="ada@example.org")
    ada.emailaddress_set.update(verified=False)
    address = ada.emailaddress_set.get()
    from_mail = Client()
    key = EmailConfirmationHMAC(address).key
    from_mail.post(f"/accounts/confirm-email/{key}/")
    assert Follow.objects.get().user == ada
    assert Comment.objects.get().user == ada


@pytest.mark.parametrize(
    ("own", "guests", "kept"),
    [
        ("answers", "all", "all"),
        ("all", "answers", "all"),
        ("answers", "answers", "answers"),
        ("answers", "all, not confirmed", "answers"),
        ("all, not confirmed", "answers", "answers"),
        ("all, not confirmed", "answers, not confirmed", "all, not confirmed"),
    ],
)
def test_of_two_wishes_about_one_post_the_wider_is_kept(
    post: Post, make_user: Any, own: str, guests: str, kept: str
) -> None:
    """And of what is not confirmed nothing, for anybody may have asked for it."""
    ada = make_user("ada")
    for wish, person in ((own, {"user": ada}), (guests, {"email": "ada@example.org"})):
        scope, _comma, unconfirmed = wish.partition(", ")
        confirmed_at = None if unconfirmed else timezone.now()
        Follow.objects.create(
            post=post, scope=scope, language="en", confirmed_at=confirmed_at, **person
        )
    ada.emailaddress_set.update(verified=False)
    key = EmailConfirmationHMAC(ada.emailaddress_set.get()).key
    Client().post(f"/accounts/confirm-email/{key}/")
    left = Follow.objects.get()
    assert left.user == ada
    assert left.scope + ", not confirmed" * (left.confirmed_at is None) == kept
