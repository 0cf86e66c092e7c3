"""Readers' reports to the moderators; what becomes of them when one decides, and when that is undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F

from accounts.models import User
from comments.batches import batches
from comments.counting import lock_threads
from comments.models import Comment, Decision, Report
from comments.rights import NotThere


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


def close_reports(*, comments: Iterable[Comment], at: datetime) -> None:
    """A moderator has answered what was reported of these replies."""
    reported = [comment.pk for comment in comments if comment.report_count]
    for some in batches(reported):
        Report.objects.filter(comment__in=some, closed_at=None).update(closed_at=at)
        Comment.objects.filter(pk__in=some).update(report_count=0)


def reopen_reports(*, lines: Iterable[Decision]) -> None:
    """Bring back what these decisions had answered, known by the moment."""
    moments: dict[datetime, list[int]] = {}
    for line in lines:
        moments.setdefault(line.at, []).append(line.comment_id)
    for at, ids in moments.items():
        for some in batches(ids):
            _reopen(some, at)


def _reopen(ids: Iterable[int], at: datetime) -> None:
    answered = Report.objects.filter(comment__in=ids, closed_at=at).order_by()
    again = list(answered.values_list("comment", flat=True).distinct())
    answered.update(closed_at=None)
    open_ones = Report.objects.filter(comment__in=again, closed_at=None).order_by()
    for pk, number in open_ones.values_list("comment").annotate(Count("pk")):
        Comment.objects.filter(pk=pk).update(report_count=number)
