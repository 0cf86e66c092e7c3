"""Handing mails to the mail server, which requests do not wait for."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Q
from django.utils import timezone

from background.queue import GiveUp, task
from background.schedule import every
from outbox.envelope import Envelope
from outbox.models import Mail

LONGEST_ATTEMPT = timedelta(minutes=2)
KEYS_KEPT_FOR = timedelta(days=60)


class StillBeingSent(Exception):
    """Another worker has the mail in hand, or died with it and cannot have ended yet."""


@task()
def deliver(pk: int) -> None:
    """Hand one mail to the mail server, unless that was done."""
    now = timezone.now()
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - LONGEST_ATTEMPT)
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
    """Raises GiveUp where the server will never take it (RFC 5321, 4.2.1: a reply of 5yz)."""
    envelope = Envelope(bytes(mail.message), sender=mail.sender, recipients=mail.recipients)
    try:
        get_connection(settings.PARLEY_MAIL_TRANSPORT).send_messages([envelope])
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _ in refusal.recipients.values()):
            raise GiveUp(str(refusal)) from refusal
        raise
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refusal:
        if refusal.smtp_code >= 500:
            raise GiveUp(str(refusal)) from refusal
        raise


@every(days=1)
@task()
def forget_sent_mails() -> None:
    Mail.objects.filter(sent_at__lt=timezone.now() - KEYS_KEPT_FOR).delete()
