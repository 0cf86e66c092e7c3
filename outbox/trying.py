"""A test mail, sent while somebody waits, and what went wrong with it in words."""

from __future__ import annotations

import smtplib
import socket
import ssl

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from outbox.composing import compose
from site_settings.reading import mail_sender

SECONDS = 10


class NotSent(Exception):
    """The mail did not go; the text says why, for whoever looks after the site."""


def send_test_mail(*, to: str, language: str) -> None:
    """Send a mail now, past the outbox. Raises NotSent."""
    mail = compose("outbox/mail/test", {}, to=to, language=language)
    mail.from_email = mail_sender()
    try:
        with get_connection(settings.PARLEY_MAIL_TRANSPORT, timeout=SECONDS) as connection:
            connection.send_messages([mail])
    except Exception as error:
        raise NotSent(_why(error)) from error


def goes_to_files() -> bool:
    """Return whether mails become files, since the site has no mail server."""
    return "filebased" in settings.PARLEY_MAIL_TRANSPORT


def _why(error: Exception) -> str:
    """Say what an error of sending means and what to look at."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    where = {"host": host, "port": port, "answer": _answer_of(error)}
    for kind, words in _words():
        if isinstance(error, kind):
            return words % where
    return _("%(answer)s (%(kind)s).") % {"answer": error, "kind": type(error).__name__}


def _words() -> list[tuple[type[Exception], str]]:
    """Return what each kind of error means; the first that fits holds."""
    return [
        (
            smtplib.SMTPAuthenticationError,
            _("%(host)s does not take the user name and password of EMAIL_URL: %(answer)s"),
        ),
        (
            smtplib.SMTPSenderRefused,
            _(
                "%(host)s does not let this site send for the address that mails come from: %(answer)s"
            ),
        ),
        (smtplib.SMTPRecipientsRefused, _("%(host)s does not take your address: %(answer)s")),
        (smtplib.SMTPDataError, _("%(host)s refused the mail: %(answer)s")),
        (
            smtplib.SMTPNotSupportedError,
            _("%(host)s does not offer what EMAIL_URL asks for: %(answer)s"),
        ),
        (
            smtplib.SMTPServerDisconnected,
            _("%(host)s hung up. Port %(port)s may be for another kind of encryption."),
        ),
        (smtplib.SMTPException, _("%(host)s answered: %(answer)s")),
        (socket.gaierror, _("There is no computer called %(host)s, or no way to look it up.")),
        (
            ssl.SSLCertVerificationError,
            _("The certificate of %(host)s is not valid: %(answer)s"),
        ),
        (
            ssl.SSLError,
            _(
                "%(host)s speaks no TLS at port %(port)s; EMAIL_URL may need smtp+tls:// or smtp://."
            ),
        ),
        (
            TimeoutError,
            _("%(host)s did not answer at port %(port)s in time. A firewall may be between."),
        ),
        (ConnectionError, _("Nothing answers at port %(port)s of %(host)s.")),
        (OSError, _("The mail could not be handed over: %(answer)s")),
    ]


def _answer_of(error: Exception) -> str:
    """Return what the server or the system said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_text(code, words) for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_code, error.smtp_error)
    return getattr(error, "strerror", None) or str(error)


def _text(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(said.split())}"
