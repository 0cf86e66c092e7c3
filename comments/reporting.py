"""Readers' reports to the moderators, and their end."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from comments.counting import batches, lock_threads
from comments.models import Comment, Report
from comments.thanking import NotThere


@transaction.atomic
def report(
    *, comment: Comment, reader: str, reason: str, note: str = "", user: User | None = None
) -> Report:
    """Tell the moderators of a reply. The same reader's second report returns the first one.

    `reader` is the keyed hash by which a reader is known (`comments.identity`), `reason` one of
    `Report.Reason`. Raises NotThere for what readers do not see.
    """
    lock_threads([comment.post_id])
    if not (comment.post.is_live and Comment.objects.approved().filter(pk=comment.pk).exists()):
        raise NotThere
    told = {"reason": reason, "note": note, "user": user}
    report, is_first = Report.objects.get_or_create(comment=comment, reader=reader, defaults=told)
    if is_first:
        Comment.objects.filter(pk=comment.pk).update(report_count=F("report_count") + 1)
    return report


@transaction.atomic
def close_reports(*, comments: Iterable[Comment]) -> int:
    """A moderator has answered what was reported of these replies; returns how many reports."""
    closed, now = 0, timezone.now()
    for some in batches([comment.pk for comment in comments]):
        closed += Report.objects.filter(comment__in=some, closed_at=None).update(closed_at=now)
        Comment.objects.filter(pk__in=some, report_count__gt=0).update(report_count=0)
    return closed
