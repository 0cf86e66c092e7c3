"""Deciding about a whole list: at once if it is short, else in slices in the background.

The slices of one press of a button share a batch, so that they are undone together. Each locks the
batch, and does nothing once it is stopped.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus

from accounts.models import User
from background.models import Task
from background.queue import SOMEBODY_WAITS, task
from comments.models import Comment, Status
from moderation.deciding import Outcome, decide, undo
from moderation.models import Batch
from web.batches import batches

AT_ONCE = 200


@transaction.atomic
def decide_all(
    *,
    comments: QuerySet[Comment],
    decision: Status,
    by: User,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Decide about every reply of a queryset as it is now.

    See `moderation.deciding.decide`. For a reply that is not in `seen`, its present version counts
    as seen, also in the background.
    """
    now = dict(comments.order_by("pk").values_list("pk", "version"))
    versions = now | {pk: version for pk, version in (seen or {}).items() if pk in now}
    batch = Batch(by=by)
    if len(versions) > AT_ONCE:
        batch.keep()
        for some in batches(list(versions.items()), AT_ONCE):
            decide_slice.enqueue(some, decision, batch=str(batch.pk))
        return Outcome(batch=batch, in_background=len(versions))
    return _decide(versions, decision, batch=batch)


@task(priority=SOMEBODY_WAITS)
def decide_slice(versions: list[tuple[int, int]], decision: str, *, batch: str) -> None:
    """Decide about a slice; a second run finds every reply of it decided already."""
    with transaction.atomic():
        if press := _unstopped(batch):
            _decide(dict(versions), Status(decision), batch=press)


@transaction.atomic
def undo_all(*, batch: Batch, by: User) -> Outcome:
    """Undo a batch of any size; what the background has not decided yet stays undecided."""
    _stop(batch)
    undoing, number = Batch(by=by, undoes=batch), batch.decisions.count()
    if number > AT_ONCE:
        undoing.keep()
        undo_slice.enqueue(str(undoing.pk), after=0)
        return Outcome(batch=undoing, in_background=number)
    return undo(batch=batch, by=by, as_batch=undoing)


def may_undo(*, batch: Batch, by: User) -> bool:
    """Return whether all replies that a batch is about are this moderator's to decide about."""
    theirs = Comment.objects.moderated_by(by)
    return not batch.decisions.exclude(comment__in=theirs).exists()


@task(priority=SOMEBODY_WAITS)
def undo_slice(undoing: str, *, after: int) -> None:
    """Undo the lines of a batch after the line `after`, some now and the rest in another task."""
    with transaction.atomic():
        press = _unstopped(undoing)
        if press is None or press.undoes is None:
            return
        lines = list(press.undoes.decisions.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
        undo(batch=press.undoes, by=press.by, lines=lines, as_batch=press)
        if lines:
            undo_slice.enqueue(undoing, after=lines[-1].pk)


def is_at_work() -> bool:
    """Return whether the background still decides about replies, or undoes decisions."""
    paths = [decide_slice.module_path, undo_slice.module_path]
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return Task.objects.filter(task_path__in=paths, status__in=unfinished).exists()


def _decide(versions: Mapping[int, int], decision: Status, *, batch: Batch) -> Outcome:
    return decide(
        comments=Comment.objects.filter(pk__in=versions).only("post_id"),
        decision=decision,
        by=batch.by,
        seen=versions,
        batch=batch,
    )


def _unstopped(pk: str) -> Batch | None:
    """Return the batch, locked, so that nobody stops it meanwhile; None if somebody has."""
    return Batch.objects.select_for_update().filter(pk=pk, stopped_at=None).first()


def _stop(batch: Batch) -> None:
    """Stop a batch: wait for the slice being decided; no further slice is."""
    Batch.objects.filter(pk=batch.pk).update(stopped_at=timezone.now())
