"""Puts mails into the outbox in the request's transaction; a worker sends them.

A mail server that is down delays mails: the task that sends one is retried for more than a day and
then parked (`background.revival`). If a worker dies after the server accepted the mail and before
that is recorded, the mail is sent again, with the same Message-ID (RFC 5322, 3.6.4).
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from background.clock import CLOCK_SKEW
from outbox.models import Mail
from outbox.tasks import deliver
from site_settings.reading import mail_sender

logger = logging.getLogger(__name__)
# Headers against automatic replies: RFC 3834, 5, and the header that Exchange uses.
NOBODY_WROTE_IT = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Topic:
    """The identity of a mail. Two mails with the same topic are the same mail, which is sent once.

    `kind` names the template, `about` is the id of the row that the mail is about, `whom`
    identifies the recipient (an id, or a keyed hash), and `occasion` distinguishes one mail from a
    later one.
    """

    kind: str
    about: int = 0
    whom: str = ""
    occasion: str = ""


@transaction.atomic
def put_in_outbox(
    message: EmailMessage, topic: Topic | None = None, *, again_after: timedelta | None = None
) -> bool:
    """Put a mail into the outbox; return whether it is new. A topic is mailed once.

    With `again_after` it is mailed once in that time; an older mail is replaced, even an unsent
    one.
    """
    if not message.recipients():
        return False
    if message.from_email == settings.DEFAULT_FROM_EMAIL:
        message.from_email = mail_sender()
    for name, value in NOBODY_WROTE_IT.items():
        message.extra_headers.setdefault(name, value)
    if topic and again_after:
        _make_room(topic, again_after)
    whole = _whole(message, topic)
    if whole is None:
        return False
    written = {
        "sender": message.from_email,
        "recipients": message.recipients(),
        "message": whole,
    }
    if topic:
        mail, is_new = Mail.objects.get_or_create(**asdict(topic), defaults=written)
    else:
        mail, is_new = Mail.objects.create(**written), True
    if is_new:
        deliver.enqueue(mail.pk)
    return is_new


def _whole(message: EmailMessage, topic: Topic | None) -> bytes | None:
    """Return the mail's bytes; None if an address cannot be written. The log omits the address."""
    try:
        return message.message().as_bytes()
    except ValueError as error:
        which = f"{topic.kind} {topic.about}" if topic else "without a topic"
        logger.error("A mail cannot be written (%s): %s", type(error).__name__, which)
        return None


def _make_room(topic: Topic, again_after: timedelta) -> None:
    """Delete an older mail of the topic, or one that a clock that was ahead dated in the future."""
    now = timezone.now()
    is_over = Q(created_at__lte=now - again_after) | Q(created_at__gt=now + CLOCK_SKEW)
    Mail.objects.filter(is_over, **asdict(topic)).delete()


def was_put_in_outbox(topic: Topic) -> bool:
    """Return whether a mail of this topic waits or was sent, so that it need not be composed again."""
    return Mail.objects.filter(**asdict(topic)).exists()


def take_back(kind: str, **what: Any) -> None:
    """Delete unsent mails of a kind, filtered by these columns (Django lookups)."""
    Mail.objects.filter(kind=kind, sent_at=None, **what).delete()


def forget(topic: Topic) -> None:
    """Delete the topic's mail, so that the topic can be mailed again."""
    Mail.objects.filter(**asdict(topic)).delete()
