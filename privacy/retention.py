"""What is kept for a time only. `docs/privacy.md` says for how long, in a table."""

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
from moderation.models import Decision, Report, Rule, Ticket

ADDRESS_HASHES = timedelta(days=14)
UNWANTED_REPLIES = timedelta(days=30)
UNCONFIRMED_FOLLOWS = timedelta(days=14)
CLOSED_REPORTS = timedelta(days=90)
RULES_THAT_ARE_OVER = timedelta(days=30)
BATCH = 500


@every(hours=1)
@task()
def forget() -> None:
    """Whatever has been kept for its time."""
    now = timezone.now()
    old = Comment.objects.filter(submitted_at__lt=now - ADDRESS_HASHES)
    old.exclude(address_hash="").update(address_hash="")
    unconfirmed = Follow.objects.unconfirmed()
    forget_follows(follows=unconfirmed.filter(started_at__lt=now - UNCONFIRMED_FOLLOWS))
    Report.objects.filter(closed_at__lt=now - CLOSED_REPORTS).delete()
    Ticket.objects.filter(expires_at__lt=now).delete()
    Rule.objects.filter(expires_at__lt=now - RULES_THAT_ARE_OVER).delete()
    # The key of its hash is out of use for a week at least, so it can meet nothing new.
    Rule.objects.filter(kind=Rule.Kind.ADDRESS, created_at__lt=now - ADDRESS_HASHES).delete()
    while _delete(_unwanted().filter(children=None)):
        pass
    while _empty(_unwanted().exclude(children=None).exclude(name="", body="")):
        pass
    _sweep()


def _unwanted() -> CommentQuerySet:
    """Spam and rejected replies. One that was answered before stays as the place above its answers."""
    since = timezone.now() - UNWANTED_REPLIES
    # Counted from the last decision, so that there is time to take back one about an old reply.
    decided_since = Decision.objects.filter(comment=OuterRef("pk"), at__gte=since)
    return Comment.objects.filter(
        ~Exists(decided_since),
        status__in=[Status.SPAM, Status.REJECTED],
        submitted_at__lt=since,
    ).order_by("pk")


def _delete(comments: CommentQuerySet) -> int:
    """Some of them; return how many."""
    some = list(comments.values_list("pk", flat=True)[:BATCH])
    number, _by_model = Comment.objects.filter(pk__in=some).delete()
    if number:
        note_change(REPLIES)  # what was decided about them is gone with them
    return number


def _empty(comments: CommentQuerySet) -> int:
    """Some of them; return how many."""
    some = list(comments.distinct()[:BATCH])
    empty_replies(comments=some)
    return len(some)


def _sweep() -> None:
    """SQLite overwrites what is deleted (`secure_delete`), but its log keeps the former pages for a while."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
