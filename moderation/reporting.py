"""Readers' reports: making them, closing them by a decision, opening them again by an undo."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Count, F

from comments.exceptions import NotThere
from comments.models import Comment
from comments.verbs.counting import lock_threads
from comments.visitor import Visitor
from moderation.models import Decision, Report
from web.batches import batches


@transaction.atomic
def report(*, comment: Comment, visitor: Visitor, reason: str, note: str = "") -> Report:
    """Report a reply to the moderators. The same reader's second report returns the first one.

    `reason` is one of `Report.Reason`. Raises NotThere for a reply that readers do not see.
    """
    lock_threads([comment.post_id])
    if not (comment.post.is_live and Comment.objects.approved().filter(pk=comment.pk).exists()):
        raise NotThere
    told = {"reason": reason, "note": note, "user": visitor.user}
    report, is_first = Report.objects.get_or_create(
        comment=comment, reader=visitor.key, defaults=told
    )
    if is_first:
        Comment.objects.filter(pk=comment.pk).update(report_count=F("report_count") + 1)
    return report


def close_reports(*, lines: Collection[Decision]) -> None:
    """Close the reports about the replies of these decisions."""
    for line in lines:
        if line.comment.report_count:
            open_ones = Report.objects.filter(comment=line.comment, closed_at=None)
            open_ones.update(closed_at=line.at, answered_by=line)
    reported = [line.comment_id for line in lines if line.comment.report_count]
    for some in batches(reported):
        Comment.objects.filter(pk__in=some).update(report_count=0)


def reopen_reports(*, lines: Iterable[Decision]) -> None:
    """Open the reports again that these decisions had closed."""
    for some in batches([line.pk for line in lines]):
        answered = Report.objects.filter(answered_by__in=some).order_by()
        again = list(answered.values_list("comment", flat=True).distinct())
        answered.update(closed_at=None, answered_by=None)
        open_ones = Report.objects.filter(comment__in=again, closed_at=None).order_by()
        for pk, number in open_ones.values_list("comment").annotate(Count("pk")):
            Comment.objects.filter(pk=pk).update(report_count=number)
