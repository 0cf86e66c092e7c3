"""A form that is sent again: what is the same is one reply, and what was corrected is not lost."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from following.models import Follow
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in
from tests.replies import Send

pytestmark = pytest.mark.django_db
KEY = "5b0d54f6-79a3-4d51-8d57-5d2c0e7b1a11"
CORRECTED = {"name": "Wim Z.", "email": "wim@example.com", "website": "https://wim.example/"}


@pytest.fixture
def asking(make_post: MakePost) -> Post:
    """Whoever replies here is asked by mail whether it was they."""
    return make_post("Herons", conversation={"policy": "confirmed"})


@pytest.mark.parametrize("cookies", ["kept", "lost with the answer"])
@pytest.mark.parametrize("field", CORRECTED)
def test_what_was_corrected_about_the_person_is_another_reply(
    client: Client, post: Post, send: Send, field: str, cookies: str
) -> None:
    first = send(post, key=KEY)
    if cookies != "kept":
        client.cookies.clear()
    second = send(post, key=KEY, **{field: CORRECTED[field]})
    assert second["Location"] != first["Location"]
    values = Comment.objects.order_by("pk").values_list(field, flat=True)
    assert list(values)[1] == CORRECTED[field]


def test_a_corrected_address_is_the_one_that_is_asked(
    asking: Post, send: Send, mailbox: Mailbox
) -> None:
    send(asking, key=KEY, email="wmi@example.org")
    mailbox()
    send(asking, key=KEY)
    (mail,) = mailbox()
    assert mail["To"] == "wim@example.org"


def test_without_cookies_the_same_form_is_the_same_reply(post: Post, send: Send) -> None:
    answers = [send(post, key=KEY, client=Client()) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.count() == 1


def test_who_signs_in_and_sends_the_same_form_says_it_with_the_account(
    client: Client, post: Post, make_user: MakeUser, send: Send
) -> None:
    client.force_login(make_user("ada"))
    send(post, key=KEY)
    client.force_login(make_user("eve"))
    send(post, key=KEY)
    assert set(Comment.objects.values_list("name", flat=True)) == {"ada", "eve"}


@pytest.mark.parametrize("key", [KEY, "c5b51f6e-6a5e-4f0b-9d0c-0d5d8f3a7c22"])
def test_the_box_for_answers_may_be_ticked_the_second_time(
    client: Client, post: Post, send: Send, mailbox: Mailbox, key: str
) -> None:
    send(post, key=KEY)
    mailbox()
    for _ in range(2):
        send(post, key=key, answers="on")
    assert Comment.objects.count() == 1
    (question,) = mailbox()
    client.post(path_in(question, "/comments/follow/"))
    follow = Follow.objects.exclude(confirmed_at=None).get()
    assert (follow.email, follow.scope) == ("wim@example.org", "answers")


def test_the_box_is_heard_from_a_browser_that_lost_the_first_answer(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post, key=KEY)
    mailbox()
    send(post, key=KEY, client=Client(), answers="on")
    assert Comment.objects.count() == 1
    assert len(mailbox()) == 1
    assert Follow.objects.get().confirmed_at is None


def test_one_mail_asks_about_the_reply_and_the_box_that_was_ticked_later(
    client: Client, asking: Post, send: Send, mailbox: Mailbox
) -> None:
    send(asking, key=KEY)
    send(asking, key=KEY, answers="on")
    (mail,) = mailbox()
    client.post(path_in(mail, "/comments/confirm/"))
    assert Follow.objects.get().confirmed_at


def test_a_box_ticked_after_the_reply_was_confirmed_elsewhere_is_asked_about(
    asking: Post, send: Send, mailbox: Mailbox
) -> None:
    send(asking, key=KEY)
    Client().post(path_in(mailbox()[0], "/comments/confirm/"))
    send(asking, key=KEY, client=Client(), answers="on")
    (question,) = mailbox()
    Client().post(path_in(question, "/comments/follow/"))
    assert Follow.objects.get().confirmed_at


def test_an_account_ticks_the_box_the_second_time(
    client: Client, post: Post, make_user: MakeUser, send: Send
) -> None:
    ada = make_user("ada")
    client.force_login(ada)
    for box in ({}, {"answers": "on"}):
        send(post, key=KEY, **box)
    assert Follow.objects.get().user == ada
    assert Comment.objects.count() == 1


def test_the_wish_is_the_guests_and_not_that_of_the_account_that_claimed_the_reply(
    post: Post, make_user: MakeUser, send: Send
) -> None:
    send(post, key=KEY)
    Comment.objects.update(user=make_user("ada"), email="")
    send(post, key=KEY, client=Client(), answers="on")
    assert Comment.objects.count() == 1
    assert not Follow.objects.exists()
