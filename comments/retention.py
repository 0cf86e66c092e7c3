"""What is kept for a time only. `docs/privacy.md` says for how long, in a table."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from comments.models import Comment, Decision, Follow, Report, Status, Ticket

ADDRESS_HASHES = timedelta(days=14)
UNWANTED_REPLIES = timedelta(days=30)
UNCONFIRMED_FOLLOWS = timedelta(days=14)
CLOSED_REPORTS = timedelta(days=90)
BATCH = 500


def forget() -> None:
    """Whatever has been kept for its time."""
    now = timezone.now()
    old = Comment.objects.filter(submitted_at__lt=now - ADDRESS_HASHES)
    old.exclude(address_hash="").update(address_hash="")
    Follow.objects.unconfirmed().filter(started_at__lt=now - UNCONFIRMED_FOLLOWS).delete()
    Report.objects.filter(closed_at__lt=now - CLOSED_REPORTS).delete()
    Ticket.objects.filter(expires_at__lt=now).delete()
    while _forget_some_unwanted():
        pass
    _sweep()


def _forget_some_unwanted() -> int:
    """Spam and rejected replies; one that was answered before stays, as the place above its answers."""
    since = timezone.now() - UNWANTED_REPLIES
    # Counted from the last decision, so that there is time to take back one about an old reply.
    decided_since = Decision.objects.filter(comment=OuterRef("pk"), at__gte=since)
    unwanted = Comment.objects.filter(
        ~Exists(decided_since),
        status__in=[Status.SPAM, Status.REJECTED],
        submitted_at__lt=since,
        children=None,
    )
    some = list(unwanted.values_list("pk", flat=True)[:BATCH])
    return Comment.objects.filter(pk__in=some).delete()[0]


def _sweep() -> None:
    """SQLite overwrites what is deleted (`secure_delete`), but its log keeps the former pages for a while."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
