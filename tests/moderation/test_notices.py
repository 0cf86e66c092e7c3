"""What authors and moderators are told by mail, and how they decide from there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply
from moderation.deciding import decide, undo
from moderation.models import Decision
from outbox.models import Mail
from site_settings.choices import ReplyMails
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in, text_of
from tests.replies import MakeReply, Send, take_replies
from web import dates

pytestmark = pytest.mark.django_db
DECIDE = "/comments/decide/"


@pytest.fixture
def author(make_user: MakeUser) -> User:
    """Somebody who publishes, and may decide about replies under the own posts."""
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def post(make_post: MakePost, author: User) -> Post:
    return make_post("Apples and pears", authors=[Author.objects.get(user=author)])


def to(mails: list[EmailMessage], user: User) -> list[EmailMessage]:
    return [mail for mail in mails if mail["To"] == user.email]


# --- who is told ---


def test_a_reply_that_waits_is_told_to_the_author_and_to_moderators(
    post: Post, author: User, mo: User, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    mails = mailbox()
    assert sorted(mail["To"] for mail in mails) == [author.email, mo.email]
    for mail in mails:
        assert mail["Subject"].strip() == "A reply of Wim to “Apples and pears” waits"
        assert "A good point." in text_of(mail)
        assert "Reason: first reply of this person." in text_of(mail)


def test_a_reply_that_appears_is_told_to_the_author_alone(
    post: Post, author: User, mo: User, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post)
    mailbox()
    make_reply(post, "Another.", user=mo)
    mails = mailbox()
    assert [mail["To"] for mail in mails] == [author.email]
    assert "Another." in text_of(mails[0])


def test_a_confirmed_reply_is_told_without_what_it_waited_for(
    client: Client, post: Post, author: User, send: Send, mailbox: Mailbox
) -> None:
    take_replies(policy="confirmed")
    send(post)
    (asked,) = mailbox()
    client.post(path_in(asked, "/comments/confirm/"))
    (told,) = to(mailbox(), author)
    assert "replied to" in told["Subject"]
    assert "Reason" not in text_of(told)


def test_nobody_is_told_twice_of_one_reply(
    post: Post, author: User, send: Send, mailbox: Mailbox
) -> None:
    send(post)
    assert len(to(mailbox(), author)) == 1
    decide(comments=[Comment.objects.get()], decision=Status.APPROVED, by=None)
    assert mailbox() == []


def test_what_readers_saw_long_ago_is_no_news_when_its_removal_is_undone(
    post: Post, author: User, mo: User, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    for days, told in ((3, []), (0, [author.email])):
        comment = make_reply(post, f"{days} days old.")
        mailbox()
        Mail.objects.all().delete()
        Comment.objects.update(appeared_at=timezone.now() - timedelta(days=days))
        batch = decide(comments=[comment], decision=Status.REMOVED, by=mo).batch
        undo(batch=batch, by=mo)
        assert [mail["To"] for mail in mailbox()] == told


def test_authors_are_not_told_of_their_own(
    post: Post, author: User, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, user=author)
    assert mailbox() == []


@pytest.mark.parametrize("mails", [ReplyMails.DAILY, ReplyMails.NONE])
def test_an_author_who_wants_no_mail_for_each_gets_none(
    post: Post, author: User, make_reply: MakeReply, mailbox: Mailbox, mails: str
) -> None:
    take_replies(notices=mails)
    make_reply(Post.objects.get())
    assert mailbox() == []


@pytest.mark.parametrize("mails", [ReplyMails.DAILY, ReplyMails.NONE])
def test_a_moderator_who_wants_no_mail_for_each_gets_none(
    post: Post, author: User, mo: User, send: Send, mailbox: Mailbox, mails: str
) -> None:
    User.objects.filter(pk=mo.pk).update(reply_mails=mails)
    send(post)
    assert [mail["To"] for mail in mailbox()] == [author.email]


def test_moderators_choose_in_their_profile_and_others_are_not_asked(
    client: Client, author: User, mo: User
) -> None:
    client.force_login(author)
    assert "Mails about replies that wait" not in client.get("/accounts/profile/").text
    client.force_login(mo)
    assert "Mails about replies that wait" in client.get("/accounts/profile/").text
    client.post("/accounts/profile/", {"display_name": "Mo", "reply_mails": "none"})
    mo.refresh_from_db()
    assert mo.reply_mails == ReplyMails.NONE


def test_a_flood_of_replies_is_no_flood_of_mails(
    post: Post, mo: User, send: Send, mailbox: Mailbox
) -> None:
    for number in range(15):
        send(
            post,
            client=Client(REMOTE_ADDR=f"192.0.2.{number}"),
            email=f"guest{number}@example.org",
        )
        mailbox_so_far = mailbox()
        assert len(to(mailbox_so_far, mo)) == (1 if number < 10 else 0)


def test_an_author_without_the_right_to_decide_is_told_without_the_means(
    make_post: MakePost, make_user: MakeUser, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    cora = make_user("cora", role=Role.CONTRIBUTOR)
    post = make_post("By Cora", authors=[Author.objects.get(user=cora)])
    make_reply(post)
    (mail,) = to(mailbox(), cora)
    assert DECIDE not in text_of(mail)


# --- deciding from the mail ---


@pytest.fixture
def link(post: Post, mo: User, send: Send, mailbox: Mailbox) -> str:
    """What the moderator got about a reply that waits."""
    send(post)
    return path_in(to(mailbox(), mo)[0], DECIDE)


def press(link: str, decision: str, *, version: int = 1) -> Any:
    """On a page that was made when the reply was of this version."""
    return Client().post(link, {"decide": decision, "version": version})


@pytest.mark.parametrize("decision", ["approved", "rejected", "spam", "removed"])
def test_one_press_decides_without_signing_in(link: str, mo: User, decision: str) -> None:
    page = Client().get(link).text
    assert f'value="{decision}"' in page
    assert 'name="version" value="1"' in page
    answer = press(link, decision)
    assert answer.status_code == 200
    assert "Done." in answer.text
    assert Comment.objects.get().status == decision
    assert Decision.objects.get().by == mo


def test_a_program_that_opens_every_link_decides_nothing(link: str) -> None:
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert not Decision.objects.exists()
    assert press(link, "approved").status_code == 200


def test_a_link_is_good_for_one_decision(link: str) -> None:
    press(link, "approved")
    for answer in (press(link, "spam", version=2), Client().get(link)):
        assert answer.status_code == 410
        assert "has been used" in answer.text
    assert Decision.objects.count() == 1
    assert Comment.objects.get().is_approved


def test_a_link_works_for_a_week(link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        answer = press(link, "approved")
    assert answer.status_code == 410
    assert 'href="/admin/comments/comment/"' in answer.text
    assert "your replies mailed" not in answer.text
    assert not Decision.objects.exists()


def test_who_is_too_late_is_told_what_was_decided_and_by_whom(link: str, author: User) -> None:
    decide(comments=[Comment.objects.get()], decision=Status.REJECTED, by=author)
    answer = press(link, "approved")
    assert answer.status_code == 409
    assert "somebody decided while this page was open" in answer.text
    assert f"rejected (ada, {dates.moment(Decision.objects.get().at)})" in answer.text
    assert Comment.objects.get().status == Status.REJECTED
    assert press(link, "approved", version=2).status_code == 200


def test_a_text_that_was_changed_meanwhile_is_not_decided_about_unread(link: str) -> None:
    edit_reply(comment=Comment.objects.get(), body="Buy my pills.")
    answer = press(link, "approved")
    assert answer.status_code == 409
    assert "its writer has changed the text meanwhile" in answer.text
    assert "Buy my pills." in answer.text
    assert Comment.objects.get().status == Status.PENDING
    version = re.findall(r'name="version" value="(\d+)"', answer.text)[0]
    assert press(link, "approved", version=version).status_code == 200


def test_of_a_text_that_was_changed_and_decided_about_meanwhile_the_decision_is_told(
    link: str, author: User
) -> None:
    edit_reply(comment=Comment.objects.get(), body="Buy my pills.")
    decide(comments=[Comment.objects.get()], decision=Status.REJECTED, by=author)
    answer = press(link, "approved")
    assert "somebody decided while this page was open" in answer.text
    assert "its writer has changed the text" not in answer.text


@pytest.mark.parametrize("lost", [{"is_active": False}, {"is_staff": False}])
def test_whoever_lost_the_right_cannot_use_an_old_link(
    link: str, mo: User, lost: dict[str, bool]
) -> None:
    mo.groups.clear()
    User.objects.filter(pk=mo.pk).update(**lost)
    assert press(link, "approved").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decide": "approved"},
        {"version": "1"},
        {"decide": "eaten", "version": "1"},
        {"decide": "pending", "version": "1"},
        {"decide": "spam", "version": "x"},
        {"decide": "spam", "version": "0"},
    ],
)
def test_what_no_button_sends_is_refused(link: str, sent: dict[str, str]) -> None:
    assert Client().post(link, sent).status_code == 400
    assert not Decision.objects.exists()


def test_a_forged_link_is_not_found(client: Client) -> None:
    assert client.post(f"{DECIDE}a:b:c/", {"decide": "spam", "version": "1"}).status_code == 404


# --- once a day ---


@pytest.fixture
def day_by_day(mailbox: Mailbox) -> Callable[[Any], list[EmailMessage]]:
    """day_by_day(clock) -> what arrives in the 24 hours that pass."""

    def pass_a_day(clock: Any) -> list[EmailMessage]:
        mails = []
        for _ in range(24):
            clock.shift(timedelta(hours=1))
            mails += mailbox()
        return mails

    return pass_a_day


def test_a_digest_comes_once_a_day_and_only_if_there_is_something(
    post: Post,
    author: User,
    make_reply: MakeReply,
    mailbox: Mailbox,
    day_by_day: Callable[[Any], list[EmailMessage]],
) -> None:
    take_replies(notices=ReplyMails.DAILY)
    Post.objects.update(published_at=datetime(2026, 3, 1, tzinfo=UTC))
    post.refresh_from_db()
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        make_reply(post, "First of the day.")
        make_reply(post, "Second of the day.")
        assert mailbox() == []
        (mail,) = day_by_day(clock)
        assert mail["To"] == author.email
        assert "First of the day." in text_of(mail)
        assert "Second of the day." in text_of(mail)
        assert day_by_day(clock) == []


def test_a_moderators_digest_says_how_many_wait(
    post: Post,
    mo: User,
    send: Send,
    mailbox: Mailbox,
    day_by_day: Callable[[Any], list[EmailMessage]],
) -> None:
    User.objects.filter(pk=mo.pk).update(reply_mails=ReplyMails.DAILY)
    take_replies(notices=ReplyMails.NONE)
    Post.objects.update(published_at=datetime(2026, 3, 1, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        send(post)
        (mail,) = day_by_day(clock)
    assert mail["To"] == mo.email
    assert "1 reply waits for you" in text_of(mail)
