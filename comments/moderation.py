"""Deciding about replies: one verb, for one reply or ten thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User
from comments import counting
from comments.models import Comment, Decision, Status
from comments.reporting import close_reports
from comments.signals import comment_approved, comment_withdrawn
from comments.spam.tasks import learn_later
from comments.tasks import tell_of_appeared

TOLD_AT_ONCE = 20


@dataclass
class Outcome:
    """What came of a decision: the replies it changed, and those it left as they were."""

    changed: list[Comment] = field(default_factory=list)
    untouched: list[Comment] = field(default_factory=list)


@transaction.atomic
def decide(
    *,
    comments: Iterable[Comment],
    decision: Status,
    by: User | None,
    note: str = "",
    expecting: Status | None = None,
) -> Outcome:
    """Give replies a status, log it, and keep every count right.

    The caller sees to it that `by` may. A reply that has the status already is left untouched;
    so is one that is not, or no longer, of the status that the moderator saw (`expecting`).
    """
    chosen = {comment.pk: comment.post_id for comment in comments}
    counting.lock_threads(chosen.values())
    outcome = Outcome()
    for ids in counting.batches(sorted(chosen)):
        for comment in Comment.objects.filter(pk__in=ids).select_related("parent", "post"):
            meets = comment.status != decision and expecting in {None, comment.status}
            (outcome.changed if meets else outcome.untouched).append(comment)
    _carry_out(outcome.changed, decision=decision, by=by, note=note)
    return outcome


def _carry_out(comments: list[Comment], *, decision: Status, by: User | None, note: str) -> None:
    now = timezone.now()
    Decision.objects.bulk_create(
        Decision(comment=comment, was=comment.status, decision=decision, by=by, at=now, note=note)
        for comment in comments
    )
    shown_before = [comment for comment in comments if comment.is_approved]
    _set_status(comments, decision)
    close_reports(comments=comments)
    if decision == Status.APPROVED:
        counting.count_in(comments)
        _announce(comment_approved, comments)
        _tell(comments)
    else:
        counting.count_out(shown_before)
        _announce(comment_withdrawn, shown_before)
    learn_later(comments)


def _tell(comments: list[Comment]) -> None:
    """Some in each task, so that none takes long."""
    for start in range(0, len(comments), TOLD_AT_ONCE):
        some = comments[start : start + TOLD_AT_ONCE]
        tell_of_appeared.enqueue([comment.pk for comment in some])


def _set_status(comments: list[Comment], status: Status) -> None:
    """What readers see now appeared now, unless they saw it before; what they do not is not pinned."""
    shown = status == Status.APPROVED
    changes: dict[str, Any] = (
        {"appeared_at": _once(timezone.now())} if shown else {"is_pinned": False}
    )
    for comment in comments:
        comment.status = status
    for some in counting.batches(comments):
        ids = [comment.pk for comment in some]
        Comment.objects.filter(pk__in=ids).update(status=status, **changes)


def _once(now: datetime) -> Coalesce:
    return Coalesce("appeared_at", Value(now, DateTimeField()))


def _announce(signal: Signal, comments: list[Comment]) -> None:
    for comment in comments:
        transaction.on_commit(partial(signal.send, sender=Comment, comment=comment))
