"""From the request to the mail server: written down in the request's transaction, sent by a worker.

A mail server that is down delays mails; the task that sends one is tried again for more than a day
and then parked (`background.revival`). A worker that dies after the server took the mail and before
that was written down makes it go a second time: it then has the same Message-ID (RFC 5322, 3.6.4).
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from background.clock import CLOCK_SKEW
from outbox.models import Mail
from outbox.tasks import deliver

logger = logging.getLogger(__name__)
# So that no holiday note comes back: RFC 3834, 5, and what Exchange goes by.
NOBODY_WROTE_IT = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Topic:
    """Which mail it is. Two with the same topic are the same mail, and it goes once.

    `kind` names the template, `about` is the id of the row that the mail is about, `whom` tells the
    recipient from others (an id, or a keyed hash), and `occasion` one mail from a later one.
    """

    kind: str
    about: int = 0
    whom: str = ""
    occasion: str = ""


@transaction.atomic
def put_in_outbox(
    message: EmailMessage, topic: Topic | None = None, *, again_after: timedelta | None = None
) -> bool:
    """Have a mail sent; return whether it is new. One topic is mailed once.

    With `again_after` it is mailed once in that time; what has not gone by then makes room.
    """
    if not message.recipients():
        return False
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
    """The mail as it goes; None for an address that cannot stand in one, whose own words hold the address."""
    try:
        return message.message().as_bytes()
    except ValueError as error:
        which = f"{topic.kind} {topic.about}" if topic else "without a topic"
        logger.error("A mail cannot be written (%s): %s", type(error).__name__, which)
        return None


def _make_room(topic: Topic, again_after: timedelta) -> None:
    """What a clock that was ahead dated later than now counts as old."""
    now = timezone.now()
    is_over = Q(created_at__lte=now - again_after) | Q(created_at__gt=now + CLOCK_SKEW)
    Mail.objects.filter(is_over, **asdict(topic)).delete()


def was_put_in_outbox(topic: Topic) -> bool:
    """Whether a mail of this topic is on its way or has gone, so that it need not be written again."""
    return Mail.objects.filter(**asdict(topic)).exists()


def take_back(kind: str, **what: Any) -> None:
    """Forget mails of a kind, narrowed by these columns (lookups of Django), unless they have gone."""
    Mail.objects.filter(kind=kind, sent_at=None, **what).delete()


def forget(topic: Topic) -> None:
    """As if nothing had ever been mailed on this topic."""
    Mail.objects.filter(**asdict(topic)).delete()
