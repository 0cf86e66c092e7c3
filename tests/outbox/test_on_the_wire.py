"""What a mail server gets: marked as nobody's, in seven bits, and once where it is refused for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from background.models import Task
from outbox.models import Mail
from outbox.sending import Topic, put_in_outbox
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RunTasks = Callable[[], Any]
TEXT = "Schöne Antwort, und „gut“.\n\n.\nFrom hier = dort 🎉\n" + "ü" * 200 + "\nEnde\n"
HTML = "<p>Schöne Antwort</p>\n<p>Ende</p>"


def test_every_mail_says_that_no_person_wrote_it(
    client: Client, mail_server: MailServer, run_tasks: RunTasks, make_user: Any
) -> None:
    make_user("ada")
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    send_mail("Hi", "plain", None, ["ada@example.org"])
    run_tasks()
    assert [mail["Auto-Submitted"] for mail in mail_server.mails] == ["auto-generated"] * 2
    assert [mail["X-Auto-Response-Suppress"] for mail in mail_server.mails] == ["All"] * 2


def test_a_server_that_was_told_nothing_gets_seven_bits(
    mail_server: MailServer, run_tasks: RunTasks
) -> None:
    mail = EmailMultiAlternatives("Grüße", TEXT, "blog@example.org", ["ada@example.org"])
    mail.attach_alternative(HTML, "text/html")
    mail.send()
    run_tasks()
    (raw,) = mail_server.raw
    assert not any("8BITMIME" in option for option in mail_server.told[0])
    assert raw.isascii()
    assert b"8bit" not in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    (arrived,) = mail_server.mails
    assert arrived["Subject"] == "Grüße"
    contents = [part.get_content() for part in arrived.walk() if not part.is_multipart()]
    assert [content.splitlines() for content in contents] == [
        TEXT.splitlines(),
        HTML.splitlines(),
    ]


def test_files_stay_as_people_read_them(
    mail_server: MailServer, run_tasks: RunTasks, settings: Any, tmp_path: Path
) -> None:
    settings.PARLEY_MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    send_mail("Hi", "Schöne Antwort.\n", "blog@example.org", ["ada@example.org"])
    run_tasks()
    (file,) = (tmp_path / "mail").iterdir()
    assert "Schöne Antwort" in file.read_text()


@pytest.mark.parametrize(
    "address",
    [
        f"ada@{'x' * 64}.example",
        "ada@exa mple.org",
        "ada@",
        "ada",
        f"ada@{'ü' * 70}.example",
    ],
)
def test_an_address_that_no_mail_program_can_take_is_tried_once(
    mail_server: MailServer, run_tasks: RunTasks, address: str
) -> None:
    """Written down by an earlier version, which took such addresses."""
    with time_machine.travel(NOW, tick=False) as clock:
        send_mail("Hi", "plain", None, ["ada@example.org"])
        mail_server.answer = "553 not a mailbox"
        Mail.objects.update(recipients=[address])
        run_tasks()
        assert Task.objects.parked().count() == 1
        assert address not in Task.objects.parked().get().traceback
        clock.shift(timedelta(hours=27))
        run_tasks()
    assert mail_server.mails == []


def test_a_mail_that_cannot_be_written_is_none(
    mail_server: MailServer, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    mail = EmailMultiAlternatives("Hi", "plain", to=[f"ada@{'ü' * 70}.example"])
    assert not put_in_outbox(mail, Topic("confirm_reply", about=1))
    run_tasks()
    assert not Task.objects.exclude(status="SUCCESSFUL").exists()
    assert "confirm_reply 1" in caplog.text
    assert "üü" not in caplog.text
