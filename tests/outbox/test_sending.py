"""A mail leaves the request at once and reaches the server once, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import OperationalError, transaction
from django_tasks_db import DatabaseBackend

from background.models import Task
from outbox.models import Mail
from outbox.sending import Topic, put_in_outbox
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RunTasks = Callable[[], Any]


def say(subject: str = "Grüße aus Köln") -> int:
    return send_mail(subject, "Schöne Antwort.\n.\nEnde", "blog@example.org", ["ada@example.org"])


def test_a_mail_is_sent_by_the_worker_and_not_by_the_request(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    assert say() == 1
    assert mail_server.mails == []
    run_tasks()
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Grüße aus Köln"
    assert mail["To"] == "ada@example.org"
    assert mail.get_content().splitlines() == ["Schöne Antwort.", ".", "Ende"]


def test_text_and_html_arrive_both_with_their_headers(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    headers = {"List-Unsubscribe": "<https://example.org/u/é>", "Message-ID": "<one@example.org>"}
    mail = EmailMultiAlternatives("Hi", "plain", to=["ada@example.org"], headers=headers)
    mail.attach_alternative("<p>rich</p>", "text/html")
    mail.send()
    run_tasks()
    (arrived,) = mail_server.mails
    assert arrived["Message-ID"] == "<one@example.org>"
    assert [part.get_content_type() for part in arrived.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_request_that_is_rolled_back_sends_nothing(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    with transaction.atomic():
        say()
        transaction.set_rollback(True)
    run_tasks()
    assert mail_server.mails == []


def test_the_same_is_never_mailed_twice(mail_server: MailServer, run_tasks: RunTasks) -> None:
    mail = EmailMultiAlternatives("Hi", "plain", to=["ada@example.org"])
    assert put_in_outbox(mail, Topic("about_reply", about=1, whom="ada"))
    assert not put_in_outbox(mail, Topic("about_reply", about=1, whom="ada"))
    run_tasks()
    assert not put_in_outbox(mail, Topic("about_reply", about=1, whom="ada"))
    run_tasks()
    assert len(mail_server.mails) == 1


def test_a_mail_to_nobody_is_no_mail(mail_server: MailServer, run_tasks: RunTasks) -> None:
    assert not put_in_outbox(EmailMultiAlternatives("Hi", "plain", to=[]))
    run_tasks()
    assert mail_server.mails == []


def test_a_mail_server_that_is_down_delays_mails_and_loses_none(
    mail_server: MailServer, run_tasks: RunTasks, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with time_machine.travel(NOW, tick=False) as clock:
        say()
        run_tasks()
        settings.EMAIL_PORT = port
        run_tasks()
        assert mail_server.mails == []
        clock.shift(timedelta(seconds=11))
        run_tasks()
        run_tasks()
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize("hours_down", [1, 26])
def test_it_may_be_down_for_a_day(
    mail_server: MailServer, run_tasks: RunTasks, hours_down: int
) -> None:
    mail_server.answer = "451 try again later"
    with time_machine.travel(NOW, tick=False) as clock:
        say()
        for _ in range(hours_down * 6):
            run_tasks()
            clock.shift(timedelta(minutes=10))
        mail_server.answer = "250 OK"
        for _ in range(24 * 6):
            run_tasks()
            clock.shift(timedelta(minutes=10))
    assert len(mail_server.mails) == 1


def test_what_the_server_will_never_take_is_parked_at_once(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    mail_server.answer = "550 no such person"
    with time_machine.travel(NOW, tick=False) as clock:
        say()
        run_tasks()
        clock.shift(timedelta(days=3))
        mail_server.answer = "250 OK"
        run_tasks()
        assert mail_server.mails == []
        assert "550" in Task.objects.parked().get().traceback
        Task.objects.all().run_again()
        run_tasks()
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize("to_what", ["answer", "verdict"])
@pytest.mark.parametrize("code", ["550", "451"])
def test_of_what_the_server_says_only_the_code_is_kept(
    mail_server: MailServer,
    run_tasks: RunTasks,
    caplog: pytest.LogCaptureFixture,
    to_what: str,
    code: str,
) -> None:
    setattr(mail_server, to_what, f"{code} <ada@example.org> is not known here")
    say()
    run_tasks()
    run_tasks()
    problem = Task.objects.get(task_path="outbox.tasks.deliver").traceback
    assert code in problem
    logged = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert "ada@" not in "".join([problem, *logged])


def test_what_never_went_is_forgotten_after_a_month(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    mail_server.answer = "550 no such person"
    with time_machine.travel(NOW, tick=False) as clock:
        say()
        run_tasks()
        clock.shift(timedelta(days=29))
        run_tasks()
        assert (Mail.objects.count(), Task.objects.parked().count()) == (1, 1)
        clock.shift(timedelta(days=2))
        run_tasks()
    assert (Mail.objects.count(), Task.objects.parked().count()) == (0, 0)


def test_a_worker_that_died_with_a_mail_in_hand_is_replaced(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        say()
        # As `kill -9` leaves it: the task runs, the mail is claimed, and nobody works at either.
        Task.objects.get(status="READY").claim("dead worker")
        Mail.objects.update(claimed_at=NOW)
        clock.shift(timedelta(minutes=2))
        run_tasks()
        assert mail_server.mails == []
        clock.shift(timedelta(minutes=2))
        run_tasks()
        clock.shift(timedelta(minutes=1))
        run_tasks()
    assert len(mail_server.mails) == 1


def test_a_mail_that_was_in_hand_when_the_clock_was_set_back_goes(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    with time_machine.travel(NOW, tick=False):
        say()
        Mail.objects.update(claimed_at=NOW + timedelta(days=400))
        run_tasks()
    assert len(mail_server.mails) == 1


def test_a_mail_that_was_put_away_by_a_clock_that_was_ahead_makes_room(db: None) -> None:
    message = EmailMultiAlternatives("Hi", "plain", to=["ada@example.org"])
    link: dict[str, Any] = {"topic": Topic("link"), "again_after": timedelta(hours=1)}
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert put_in_outbox(message, **link)
    with time_machine.travel(NOW, tick=False):
        assert put_in_outbox(message, **link)
        assert not put_in_outbox(message, **link)


def test_nothing_of_a_mail_is_kept_once_it_has_gone(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    say()
    run_tasks()
    mail = Mail.objects.get()
    assert mail.sent_at
    assert (mail.recipients, bytes(mail.message)) == ([], b"")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=61)):
        run_tasks()
    assert not Mail.objects.exists()


def test_a_mail_whose_task_cannot_be_written_is_not_taken_for_sent(
    mail_server: MailServer, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = EmailMultiAlternatives("Hi", "plain", to=["ada@example.org"])
    with monkeypatch.context() as broken:
        broken.setattr(DatabaseBackend, "enqueue", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError):
            put_in_outbox(mail, Topic("once"))
    put_in_outbox(mail, Topic("once"))
    run_tasks()
    assert len(mail_server.mails) == 1
