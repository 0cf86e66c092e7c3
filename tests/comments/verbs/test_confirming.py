"""Where guests confirm their address: a mail, a link that only shows, a button that counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import html

from blog import publishing
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.editing import edit_reply
from moderation.deciding import decide
from moderation.models import Rule
from moderation.rules import applying
from tests.conftest import Mailbox
from tests.mails import path_in
from tests.replies import Send, take_replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(post: Post) -> Post:
    take_replies(post, policy="confirmed")
    return post


def fields_of(page: Any) -> dict[str, str]:
    (form,) = [form for form in html.fromstring(page.text).forms if "version" in form.fields]
    return {"version": form.fields["version"]}


def test_a_guest_confirms_by_mail_and_the_reply_appears(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    comment = Comment.objects.get()
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.UNCONFIRMED)
    (mail,) = mailbox()
    assert mail["To"] == "wim@example.org"
    assert mail["Subject"] == "Confirm your reply to “Apples and pears”"
    link = path_in(mail, "/comments/confirm/")
    page = client.get(link)
    assert "A good point." in page.text
    assert "Yes, I wrote this" in page.text
    assert "Readers see it now." in client.post(link).text
    assert "A good point." in Client().get(post.get_absolute_url()).text


def test_until_then_its_writer_reads_in_the_thread_what_to_do(
    client: Client, post: Post, send: Send
) -> None:
    send(post)
    assert "open the link in the mail that we sent you" in client.get(post.get_absolute_url()).text
    Comment.objects.update(held_because=HeldBecause.FILTER)
    assert "waits for a moderator" in client.get(post.get_absolute_url()).text


def test_one_mail_confirms_the_reply_and_the_wish_to_hear_of_answers(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post, answers="on")
    (mail,) = mailbox()
    client.post(path_in(mail, "/comments/confirm/"))
    comment = Comment.objects.get()
    send(post, client=Client(), to=comment.pk, name="Zoe", email="zoe@example.org")
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    assert [mail["To"] for mail in mailbox()] == ["wim@example.org"]


def test_a_program_that_opens_every_link_confirms_nothing(
    post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    (mail,) = mailbox()
    link = path_in(mail, "/comments/confirm/")
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert Comment.objects.get().status == Status.PENDING


def test_confirming_twice_is_as_good_as_once(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    client.post(link)
    confirmed_at = Comment.objects.get().confirmed_at
    assert client.post(link).status_code == 200
    assert Comment.objects.get().confirmed_at == confirmed_at
    post.refresh_from_db()
    assert post.comment_count == 1


def test_what_was_changed_since_it_was_shown_is_shown_again_before_it_is_confirmed(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    shown = fields_of(Client().get(link))
    edit_reply(comment=Comment.objects.get(), body="Buy my pears.")
    again = Client().post(link, shown)
    assert again.status_code == 409
    assert "Buy my pears." in again.text
    assert Comment.objects.get().status == Status.PENDING
    assert "Readers see it now." in Client().post(link, fields_of(again)).text


@pytest.mark.parametrize("effect", Rule.Effect)
@pytest.mark.parametrize("is_edited", [True, False])
def test_no_rule_is_passed_by_confirming(
    client: Client, post: Post, send: Send, mailbox: Mailbox, effect: Rule.Effect, is_edited: bool
) -> None:
    """What was changed after it was sent, and what was sent before the rule was made."""
    rule = Rule(kind=Rule.Kind.WORD, value="casino", effect=effect)
    if is_edited:
        rule.save()
    send(post, reply="A good point." if is_edited else "My casino.")
    link = path_in(mailbox()[0], "/comments/confirm/")
    if is_edited:
        edit_reply(comment=Comment.objects.get(), body="My casino.")
    else:
        rule.save()
    shown = fields_of(Client().get(link))
    assert "A moderator reads it before it appears." in client.post(link, shown).text
    comment = Comment.objects.get()
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.RULE)


def test_what_cannot_be_checked_when_it_is_confirmed_waits_with_that_reason(
    client: Client, post: Post, send: Send, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    monkeypatch.delattr(applying, "matching")
    assert "A moderator reads it before it appears." in client.post(link).text
    comment = Comment.objects.get()
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.UNJUDGED)


def test_who_confirms_what_a_moderator_called_spam_is_told_to_wait(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    decide(comments=Comment.objects.all(), decision=Status.SPAM, by=None)
    answer = client.post(link)
    assert "A moderator reads it before it appears." in answer.text
    page = client.get(post.get_absolute_url()).text
    assert "waits for a moderator" in page
    assert "open the link in the mail" not in page


def test_who_confirms_under_an_article_that_is_gone_is_told_so(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    publishing.withdraw(post=post, by=None)
    answer = client.post(path_in(mailbox()[0], "/comments/confirm/"))
    assert "Its article is not on the site any more." in answer.text
    assert "Readers see it now." not in answer.text


def test_the_browser_that_is_proven_need_not_confirm_again(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    send(post, reply="And another thing.")
    assert Comment.objects.get(body="And another thing.").is_approved
    assert mailbox() == []


def test_somebody_else_with_the_same_address_must_confirm(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    client.post(path_in(mailbox()[0], "/comments/confirm/"))
    send(post, reply="I say I am Wim.", client=Client())
    assert Comment.objects.get(body="I say I am Wim.").status == Status.PENDING
    send(post, reply="I write with another address.", email="other@example.org")
    assert Comment.objects.get(email="other@example.org").status == Status.PENDING


def test_a_moderator_may_be_faster_and_keeps_the_last_word(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    Comment.objects.update(status=Status.REJECTED)
    assert "It does not appear" in client.post(link).text
    assert Comment.objects.get().status == Status.REJECTED


@pytest.mark.parametrize(
    "change", [lambda link: link[:-4] + "AAA/", lambda _: "/comments/confirm/a:b:c/"]
)
def test_a_forged_link_leads_nowhere(
    client: Client, post: Post, send: Send, mailbox: Mailbox, change: Any
) -> None:
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    assert client.post(change(link)).status_code == 404
    assert Comment.objects.get().status == Status.PENDING


@pytest.fixture
def old_link(post: Post, send: Send, mailbox: Mailbox) -> Iterator[str]:
    """To a reply that has waited to be confirmed for longer than its link works."""
    send(post)
    link = path_in(mailbox()[0], "/comments/confirm/")
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        yield link


def test_an_old_link_says_so_and_confirms_nothing(client: Client, old_link: str) -> None:
    for answer in (client.get(old_link), client.post(old_link)):
        assert answer.status_code == 410
        assert "too old" in answer.text
        assert "Mail me a new link" in answer.text
        assert "Have a new link to your replies" not in answer.text
    assert Comment.objects.get().status == Status.PENDING


def test_from_an_old_link_a_new_one_is_mailed_once_a_day(old_link: str, mailbox: Mailbox) -> None:
    for _ in range(2):
        answer = Client().post(old_link, {"again": "1"})
        assert answer.status_code == 200
        assert "A mail with a new link" in answer.text
    (mail,) = mailbox()
    assert mail["To"] == "wim@example.org"
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        Client().post(old_link, {"again": "1"})
        (mail,) = mailbox()
    assert "Readers see it now." in Client().post(path_in(mail, "/comments/confirm/")).text


def test_an_address_that_was_sent_many_mails_is_sent_no_new_link(
    post: Post, old_link: str, send: Send, mailbox: Mailbox
) -> None:
    for number in range(5):
        send(post, reply=f"Number {number}.", client=Client(REMOTE_ADDR=f"192.0.2.{number}"))
    mailbox()
    answer = Client().post(old_link, {"again": "1"})
    assert answer.status_code == 429
    assert "many mails today" in answer.text
    assert mailbox() == []


@pytest.mark.parametrize("change", [{"status": Status.REJECTED}, {"confirmed_at": timezone.now()}])
def test_an_old_link_to_what_waits_no_more_leads_to_all_replies(
    old_link: str, mailbox: Mailbox, change: dict[str, Any]
) -> None:
    Comment.objects.update(**change)
    answer = Client().post(old_link, {"again": "1"})
    assert answer.status_code == 410
    assert "Have a new link to your replies" in answer.text
    assert mailbox() == []


def test_an_account_has_proven_its_address_already(
    client: Client, post: Post, send: Send, make_user: Any, mailbox: Mailbox
) -> None:
    client.force_login(make_user("ada"))
    send(post)
    assert Comment.objects.get().is_approved
    assert mailbox() == []


def test_a_reply_confirmed_after_its_approval_is_held_by_no_rule_if_that_is_undone(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    (mail,) = mailbox()
    decide(comments=[Comment.objects.get()], decision=Status.APPROVED, by=None)
    client.post(path_in(mail, "/comments/confirm/"))
    decide(comments=[Comment.objects.get()], decision=Status.PENDING, by=None)
    assert Comment.objects.get().held_because == HeldBecause.FIRST_REPLY
