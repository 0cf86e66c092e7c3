"""The tasks that send mails: requests do not wait for the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.db.models import Q
from django.utils import timezone

from background.clock import CLOCK_SKEW
from background.queue import GiveUp, task
from background.schedule import every
from outbox.envelope import Envelope, SevenBitEnvelope
from outbox.models import Mail

LONGEST_ATTEMPT = timedelta(minutes=2)
KEYS_KEPT_FOR = timedelta(days=60)
UNSENT_KEPT_FOR = timedelta(days=30)


class StillBeingSent(Exception):
    """Another worker sends the mail, or died with it so recently that it may still be sending."""


class NotTaken(Exception):
    """The mail server refused the mail for now."""


@task()
def deliver(pk: int) -> None:
    """Send one mail, unless it was sent. Raises StillBeingSent, NotTaken or GiveUp."""
    now = timezone.now()
    is_free = (
        Q(claimed_at=None)
        | Q(claimed_at__lt=now - LONGEST_ATTEMPT)
        | Q(claimed_at__gt=now + CLOCK_SKEW)
    )
    waiting = Mail.objects.filter(pk=pk, sent_at=None)
    if not waiting.filter(is_free).update(claimed_at=now):
        if waiting.exists():
            raise StillBeingSent
        return
    mail = Mail.objects.get(pk=pk)
    try:
        _hand_over(mail)
    except Exception:
        waiting.update(claimed_at=None)
        raise
    waiting.update(sent_at=timezone.now(), recipients=[], message=b"")


def _hand_over(mail: Mail) -> None:
    """Send the mail. Raises GiveUp if no server, or not this one, takes it (RFC 5321, 4.2.1: 5yz)."""
    # An error before the connection is open is no fault of the mail.
    with get_connection(settings.PARLEY_MAIL_TRANSPORT) as connection:
        _send(mail, connection)


def _send(mail: Mail, connection: BaseEmailBackend) -> None:
    kind = SevenBitEnvelope if isinstance(connection, SMTPBackend) else Envelope
    envelope = kind(bytes(mail.message), sender=mail.sender, recipients=mail.recipients)
    try:
        connection.send_messages([envelope])
    except (ValueError, smtplib.SMTPNotSupportedError) as refusal:
        # An address that can be sent to no server, or only to one that supports more than ASCII
        # (RFC 6531).
        raise GiveUp(type(refusal).__name__) from None
    except smtplib.SMTPRecipientsRefused as refusal:
        raise _told(refusal, [code for code, _ in refusal.recipients.values()]) from None
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refusal:
        raise _told(refusal, [refusal.smtp_code]) from None


def _told(refusal: smtplib.SMTPException, codes: Collection[int]) -> Exception:
    """Return the exception, with codes only: a server's text has addresses, and it is logged."""
    kind = GiveUp if all(code >= 500 for code in codes) else NotTaken
    return kind(f"{type(refusal).__name__}: {', '.join(map(str, codes))}")


@every(days=1)
@task()
def forget_mails() -> None:
    """Delete the topics of mails sent long ago, and mails that were never sent."""
    now = timezone.now()
    Mail.objects.filter(sent_at__lt=now - KEYS_KEPT_FOR).delete()
    Mail.objects.filter(sent_at=None, created_at__lt=now - UNSENT_KEPT_FOR).delete()
