"""The test mail: it goes at once, and what went wrong is told in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.conftest import MakeUser
from tests.mail_server import MailServer

SEND, PAGE = "/admin/settings/test-mail/", "/admin/settings/mails/"


@pytest.fixture
def owner(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("olga", role=Role.ADMINISTRATOR))
    return client


def told(owner: Client) -> str:
    assert "Send me a test mail" in owner.get(PAGE).text
    answer = owner.post(SEND, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    (message,) = answer.context["messages"]
    return str(message)


def test_it_goes_at_once_to_whoever_asks(owner: Client, mail_server: MailServer) -> None:
    assert "has taken the mail to olga@example.org" in told(owner)
    (mail,) = mail_server.mails
    assert (mail["To"], mail["From"]) == ("olga@example.org", "Samenspraak <noreply@localhost>")
    assert mail["Subject"] == "Test mail of Samenspraak"


def test_without_a_server_it_is_a_file(owner: Client, settings: Any, tmp_path: Any) -> None:
    settings.PARLEY_MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert "EMAIL_URL is not set" in told(owner)
    (file,) = (tmp_path / "mail").iterdir()
    assert "Test mail of" in file.read_text()


def test_a_server_that_takes_no_mail_for_the_address(
    owner: Client, mail_server: MailServer
) -> None:
    mail_server.answer = "550 no such user"
    assert "does not take your address: 550 no such user" in told(owner)


def test_a_server_that_refuses_the_mail(owner: Client, mail_server: MailServer) -> None:
    mail_server.verdict = "554 looks like spam"
    assert "refused the mail: 554 looks like spam" in told(owner)


def test_no_server_at_that_port(owner: Client, mail_server: MailServer, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_PORT = free.getsockname()[1]
    assert f"Nothing answers at port {settings.EMAIL_PORT} of 127.0.0.1" in told(owner)


# In both, the standard library leaves the socket to the collector of garbage.
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@LEFT_OPEN
def test_a_server_without_the_encryption_that_was_asked_for(
    owner: Client, mail_server: MailServer, settings: Any
) -> None:
    settings.EMAIL_USE_TLS = True
    assert "does not offer what EMAIL_URL asks for" in told(owner)


@LEFT_OPEN
def test_a_server_that_speaks_no_encryption_from_the_start(
    owner: Client, mail_server: MailServer, settings: Any
) -> None:
    settings.EMAIL_USE_SSL = True
    assert "speaks no TLS at port" in told(owner)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            smtplib.SMTPAuthenticationError(535, b"no"),
            "user name and password of EMAIL_URL: 535 no",
        ),
        (smtplib.SMTPSenderRefused(553, b"not yours", "x@y"), "does not let this site send"),
        (smtplib.SMTPServerDisconnected("gone"), "hung up"),
        (smtplib.SMTPHeloError(501, b"who?"), "answered: 501 who?"),
        (socket.gaierror(-2, "Name or service not known"), "There is no computer called"),
        (ssl.SSLCertVerificationError("expired"), "is not valid"),
        (TimeoutError(), "did not answer at port"),
        (
            OSError(101, "Network is unreachable"),
            "could not be handed over: Network is unreachable",
        ),
        (ValueError("odd"), "odd (ValueError)"),
    ],
)
def test_what_else_may_go_wrong_is_told(
    owner: Client, mail_server: MailServer, monkeypatch: Any, error: Exception, words: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(smtplib.SMTP, "connect", fail)
    assert words in told(owner)


def test_nobody_else_sends_it(client: Client, make_user: MakeUser, mail_server: MailServer) -> None:
    client.force_login(make_user("eddy", role=Role.EDITOR))
    assert client.post(SEND).status_code == 403
    client.logout()
    assert client.post(SEND).status_code == 403
    assert client.get(SEND).status_code == 405
    assert mail_server.mails == []


def test_whoever_has_no_address_is_told(client: Client, make_user: MakeUser) -> None:
    olga = make_user("olga", role=Role.ADMINISTRATOR)
    olga.email = ""
    olga.save()
    client.force_login(olga)
    assert "has no e-mail address" in client.get(PAGE).text
    (message,) = client.post(SEND, follow=True).context["messages"]
    assert "has no e-mail address" in str(message)
