"""Deciding about replies, and taking it back: one verb each, for one reply or two hundred."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User
from comments import counting
from comments.batches import batches
from comments.models import Comment, Decision, Status
from comments.reporting import close_reports, reopen_reports
from comments.signals import comment_approved, comment_withdrawn
from comments.spam.tasks import learn_later
from comments.tasks import tell_of_appeared, untell_of_appeared

TOLD_AT_ONCE = 20
# What comes back within this time is told once more, for who was told already hears nothing (`outbox`).
TOLD_AGAIN_FOR = timedelta(days=1)


@dataclass
class Outcome:
    """What came of a decision: the replies it changed, and those it left as they were.

    `batch` names all its lines in the log, by which it can be undone.
    """

    changed: list[Comment] = field(default_factory=list)
    untouched: list[Comment] = field(default_factory=list)
    batch: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def decide(
    *,
    comments: Iterable[Comment],
    decision: Status,
    by: User | None,
    note: str = "",
    expecting: Status | None = None,
    seen: int | None = None,
    batch: uuid.UUID | None = None,
) -> Outcome:
    """Give replies a status, log it, answer what was reported of them, and keep every count right.

    The caller sees to it that `by` may. Left untouched is a reply that has the status already and
    of which nothing is reported; one of which only the place is left; one that is not, or no longer,
    of the status that the moderator saw (`expecting`); and one that anybody decided about after the
    last line of the log that there was when the moderator looked (`seen`, its id).
    """
    chosen = {comment.pk: comment.post_id for comment in comments}
    counting.lock_threads(chosen.values())
    outcome = Outcome(batch=batch or uuid.uuid4())
    for ids in batches(sorted(chosen)):
        decided_since = _decided_since(ids, seen)
        for comment in _locked(ids):
            meets = _is_open_to(comment, decision) and expecting in {None, comment.status}
            meets = meets and comment.pk not in decided_since
            (outcome.changed if meets else outcome.untouched).append(comment)
    now = timezone.now()
    _carry_out(outcome.changed, decision=decision, by=by, at=now, note=note, batch=outcome.batch)
    close_reports(comments=outcome.changed, at=now)
    return outcome


@transaction.atomic
def undo(
    *,
    batch: uuid.UUID,
    by: User | None,
    lines: Iterable[Decision] | None = None,
    as_batch: uuid.UUID | None = None,
) -> Outcome:
    """Give each reply of a batch back the status it had, unless somebody decided since.

    Those are `untouched`, as are those of which only the place is left. `lines` names some of the
    batch, where it is undone in parts, and `as_batch` the batch that the parts form. The caller sees
    to it that `by` may.
    """
    undone = list(Decision.objects.filter(batch=batch) if lines is None else lines)
    outcome = Outcome(batch=as_batch or uuid.uuid4())
    by_status: dict[str, list[Comment]] = defaultdict(list)
    for line, comment in _with_comments(undone):
        if _can_be_undone(line, comment):
            by_status[line.was].append(comment)
        else:
            outcome.untouched.append(comment)
    for was, comments in by_status.items():
        _carry_out(
            comments,
            decision=Status(was),
            by=by,
            at=timezone.now(),
            batch=outcome.batch,
            undoes=batch,
        )
        outcome.changed += comments
    changed = {comment.pk for comment in outcome.changed}
    reopen_reports(lines=[line for line in undone if line.comment_id in changed])
    return outcome


def newest_line() -> int:
    """The id of the last line of the log, 0 if there is none: what `decide` takes as `seen`."""
    return Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def number_by_writers(ids: Collection[int]) -> tuple[int, int]:
    """How many of these replies their writers changed last, and how many they deleted, by the log."""
    lines = Decision.objects.filter(comment__in=ids).order_by("at", "pk")
    latest = {line.comment_id: line for line in lines}.values()
    edited = sum(line.tells_of_edit for line in latest)
    return edited, sum(line.tells_of_deletion for line in latest)


def is_undone(*, batch: uuid.UUID, comments: Iterable[Comment]) -> bool:
    """Whether the undo of a batch is the last that was decided about one of these replies."""
    later = Decision.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    undone = Decision.objects.filter(comment__in=comments, undoes=batch)
    return undone.exclude(Exists(later)).exists()


def _is_open_to(comment: Comment, decision: Status) -> bool:
    if comment.is_place:
        return False
    return comment.status != decision or comment.report_count > 0


def _locked(ids: Collection[int]) -> QuerySet[Comment]:
    """Read after the lock on their posts was taken, so that nobody else changes them meanwhile."""
    return Comment.objects.filter(pk__in=ids).for_queue()


def _decided_since(ids: Collection[int], seen: int | None) -> set[int]:
    if seen is None:
        return set()
    since = Decision.objects.filter(comment__in=ids, pk__gt=seen)
    return set(since.values_list("comment_id", flat=True))


def _with_comments(lines: list[Decision]) -> Iterable[tuple[Decision, Comment]]:
    """Each line with its reply as it is now, which knows its `newest` line."""
    for some in batches(lines):
        comments = Comment.objects.filter(decisions__in=some)
        counting.lock_threads(comments.order_by().values_list("post_id", flat=True).distinct())
        ids = {line.comment_id for line in some}
        by_id = {comment.pk: comment for comment in _locked(ids).annotate(newest=_newest())}
        yield from ((line, by_id[line.comment_id]) for line in some if line.comment_id in by_id)


def _can_be_undone(line: Decision, comment: Comment) -> bool:
    is_newest = comment.newest == line.pk  # type: ignore[attr-defined]
    return is_newest and comment.status == line.decision and not comment.is_place


def _newest() -> Subquery:
    lines = Decision.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    return Subquery(lines.values("pk")[:1])


def _carry_out(
    comments: list[Comment],
    *,
    decision: Status,
    by: User | None,
    at: datetime,
    note: str = "",
    batch: uuid.UUID,
    undoes: uuid.UUID | None = None,
) -> None:
    line = partial(Decision, decision=decision, by=by, at=at, note=note, batch=batch)
    Decision.objects.bulk_create(
        line(comment=comment, was=comment.status, undoes=undoes) for comment in comments
    )
    shown_before = [comment for comment in comments if comment.is_approved]
    hidden_before = [comment for comment in comments if not comment.is_approved]
    _set_status(comments, decision)
    if decision == Status.APPROVED:
        counting.count_in(hidden_before)
        _announce(comment_approved, hidden_before)
        _in_parts(tell_of_appeared, [one for one in hidden_before if _is_news(one)])
    else:
        counting.count_out(shown_before)
        _announce(comment_withdrawn, shown_before)
        _in_parts(untell_of_appeared, shown_before)
    learn_later(comments)


def _is_news(comment: Comment) -> bool:
    """Not where readers have seen it long ago."""
    first_seen = comment.appeared_at
    return first_seen is None or first_seen > timezone.now() - TOLD_AGAIN_FOR


def _in_parts(task: Any, comments: list[Comment]) -> None:
    """Some in each task, so that none takes long."""
    for some in batches([comment.pk for comment in comments], TOLD_AT_ONCE):
        task.enqueue(some)


def _set_status(comments: list[Comment], status: Status) -> None:
    """What readers see now appeared now, unless they saw it before."""
    shown = status == Status.APPROVED
    changes: dict[str, Any] = {"appeared_at": _once(timezone.now())} if shown else {}
    for comment in comments:
        comment.status = status
    for some in batches(comments):
        ids = [comment.pk for comment in some]
        Comment.objects.filter(pk__in=ids).update(status=status, **changes)


def _once(now: datetime) -> Coalesce:
    return Coalesce("appeared_at", Value(now, DateTimeField()))


def _announce(signal: Signal, comments: list[Comment]) -> None:
    for comment in comments:
        transaction.on_commit(partial(signal.send, sender=Comment, comment=comment))
