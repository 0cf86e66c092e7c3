"""From the request to the mail server: written down in the request's transaction, sent by a worker.

A mail server that is down delays mails; the task that sends one is tried again for more than a day
and then parked (`background.revival`). A worker that dies after the server took the mail and before
that was written down makes it go a second time: it then has the same Message-ID (RFC 5322, 3.6.4).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import timedelta

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


@transaction.atomic
def put_in_outbox(
    message: EmailMessage, *, key: str = "", again_after: timedelta | None = None
) -> bool:
    """Have a mail sent; return whether it is new. One `key` (of 100 characters) is mailed once.

    With `again_after` it is mailed once in that time; what has not gone by then makes room.
    """
    if not message.recipients():
        return False
    for name, value in NOBODY_WROTE_IT.items():
        message.extra_headers.setdefault(name, value)
    if again_after:
        _make_room(key, again_after)
    try:
        whole = message.message().as_bytes()
    except ValueError as error:
        # Of an address that cannot stand in a mail; its own words hold the address.
        logger.error(
            "A mail cannot be written (%s): %s", type(error).__name__, key or "without a key"
        )
        return False
    mail, is_new = Mail.objects.get_or_create(
        key=key or str(uuid.uuid4()),
        defaults={
            "sender": message.from_email,
            "recipients": message.recipients(),
            "message": whole,
        },
    )
    if is_new:
        deliver.enqueue(mail.pk)
    return is_new


def _make_room(key: str, again_after: timedelta) -> None:
    """What a clock that was ahead dated later than now counts as old."""
    now = timezone.now()
    is_over = Q(created_at__lte=now - again_after) | Q(created_at__gt=now + CLOCK_SKEW)
    Mail.objects.filter(is_over, key=key).delete()


def was_put_in_outbox(*, key: str) -> bool:
    """Whether a mail of this key is on its way or has gone, so that it need not be written again."""
    return Mail.objects.filter(key=key).exists()


def take_back(*, keys: Collection[str] = (), endings: Collection[str] = ()) -> None:
    """Forget mails whose key begins or ends like one of these, unless they have gone."""
    unsent = Mail.objects.filter(sent_at=None)
    for key in keys:
        unsent.filter(key__startswith=key).delete()
    for ending in endings:
        unsent.filter(key__endswith=ending).delete()


def forget(*, key: str) -> None:
    """As if nothing had ever been mailed under this key."""
    Mail.objects.filter(key=key).delete()
