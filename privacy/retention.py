"""Deleting what is stored for a time only. `docs/privacy.md` lists the times in a table."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from background.queue import task
from background.schedule import every
from blog.changes import REPLIES, note_change
from comments.models import Comment, Status
from comments.models.querysets import CommentQuerySet
from comments.verbs.editing import empty_replies
from following.models import Follow
from following.verbs import forget_follows
from moderation.models import Batch, Decision, Report, Rule, Ticket

ADDRESS_HASHES = timedelta(days=14)
UNWANTED_REPLIES = timedelta(days=30)
UNCONFIRMED_FOLLOWS = timedelta(days=14)
CLOSED_REPORTS = timedelta(days=90)
RULES_THAT_ARE_OVER = timedelta(days=30)
# The background may write the first line of a long list's batch hours after the batch.
BATCHES_WITHOUT_LINES = timedelta(days=30)
BATCH = 500


@every(hours=1)
@task()
def forget() -> None:
    """Delete everything that was stored for its time."""
    now = timezone.now()
    old = Comment.objects.filter(submitted_at__lt=now - ADDRESS_HASHES)
    old.exclude(address_hash="").update(address_hash="")
    unconfirmed = Follow.objects.unconfirmed()
    forget_follows(follows=unconfirmed.filter(started_at__lt=now - UNCONFIRMED_FOLLOWS))
    Report.objects.filter(closed_at__lt=now - CLOSED_REPORTS).delete()
    Ticket.objects.filter(expires_at__lt=now).delete()
    Rule.objects.filter(expires_at__lt=now - RULES_THAT_ARE_OVER).delete()
    # The key of its hash has been out of use for a week at least, so it matches no new reply.
    Rule.objects.filter(kind=Rule.Kind.ADDRESS, created_at__lt=now - ADDRESS_HASHES).delete()
    while _delete(_unwanted().filter(children=None)):
        pass
    while _empty(_unwanted().exclude(children=None).exclude(name="", body="")):
        pass
    # The lines go with the replies that they are about.
    Batch.objects.filter(decisions=None, made_at__lt=now - BATCHES_WITHOUT_LINES).delete()
    _sweep()


def _unwanted() -> CommentQuerySet:
    """Return old spam and rejected replies. One with answers stays as a place above them."""
    since = timezone.now() - UNWANTED_REPLIES
    # Counted from the last decision, so that there is time to undo one about an old reply.
    decided_since = Decision.objects.filter(comment=OuterRef("pk"), at__gte=since)
    return Comment.objects.filter(
        ~Exists(decided_since),
        status__in=[Status.SPAM, Status.REJECTED],
        submitted_at__lt=since,
    ).order_by("pk")


def _delete(comments: CommentQuerySet) -> int:
    """Delete some of these replies; return how many."""
    some = list(comments.values_list("pk", flat=True)[:BATCH])
    number, _by_model = Comment.objects.filter(pk__in=some).delete()
    if number:
        note_change(REPLIES)  # the decisions about them are deleted with them
    return number


def _empty(comments: CommentQuerySet) -> int:
    """Empty some of these replies; return how many."""
    some = list(comments.distinct()[:BATCH])
    empty_replies(comments=some)
    return len(some)


def _sweep() -> None:
    """Truncate SQLite's log, which keeps former pages of rows overwritten by `secure_delete`."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
