"""Deciding about all that a list shows: at once where it is little, else in the background by slices.

The slices of one press share a batch, so that they are undone as one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus

from accounts.models import User
from background.models import Task
from background.queue import SOMEBODY_WAITS, task
from comments.models import Comment, Status
from moderation.deciding import Outcome, decide, undo
from moderation.models import Decision
from web.batches import batches

AT_ONCE = 200
# While another worker still decides what is to be undone.
PATIENCE = timedelta(seconds=5)
WAITING = (TaskResultStatus.READY, TaskResultStatus.FAILED)


@dataclass
class BulkOutcome(Outcome):
    """`in_background` is the number of replies that were left to the background: all, or none."""

    in_background: int = 0


@transaction.atomic
def decide_all(
    *,
    comments: QuerySet[Comment],
    decision: Status,
    by: User,
    expecting: Status | None = None,
    seen: Mapping[int, int] | None = None,
) -> BulkOutcome:
    """Decide about every reply of a queryset as it is now; for the rest as `moderation.decide`."""
    ids = list(dict.fromkeys(comments.order_by("pk").values_list("pk", flat=True)))
    outcome = BulkOutcome()
    if len(ids) > AT_ONCE:
        outcome.in_background = len(ids)
        for some in batches(ids, AT_ONCE):
            decide_slice.enqueue(
                some, decision, by.pk, batch=str(outcome.batch), expecting=expecting
            )
        return outcome
    chosen = Comment.objects.filter(pk__in=ids).only("post_id")
    done = decide(
        comments=chosen,
        decision=decision,
        by=by,
        expecting=expecting,
        seen=seen,
        batch=outcome.batch,
    )
    outcome.changed, outcome.untouched = done.changed, done.untouched
    return outcome


@task(priority=SOMEBODY_WAITS)
def decide_slice(
    ids: list[int], decision: str, by: int, *, batch: str, expecting: str | None
) -> None:
    """Run again, it finds every reply of the slice decided already."""
    decide(
        comments=Comment.objects.filter(pk__in=ids).only("post_id"),
        decision=Status(decision),
        by=User.objects.filter(pk=by).first(),
        expecting=Status(expecting) if expecting else None,
        batch=uuid.UUID(batch),
    )


@transaction.atomic
def undo_all(*, batch: uuid.UUID, by: User) -> BulkOutcome:
    """Undo a batch of any size; of what the background has not decided yet, nothing will be."""
    is_quiet, lines = _stop(batch), Decision.objects.filter(batch=batch)
    outcome = BulkOutcome()
    if is_quiet and lines.count() <= AT_ONCE:
        done = undo(batch=batch, by=by, as_batch=outcome.batch)
        outcome.changed, outcome.untouched = done.changed, done.untouched
    else:
        outcome.in_background = lines.count()
        undo_slice.enqueue(str(batch), by.pk, str(outcome.batch), 0)
    return outcome


@task(priority=SOMEBODY_WAITS)
def undo_slice(batch: str, by: int, as_batch: str, after: int) -> None:
    """Undo the lines of a batch that follow the line `after`, some now and the rest in another task."""
    is_quiet = _stop(uuid.UUID(batch))
    following = Decision.objects.filter(batch=batch, pk__gt=after).order_by("pk")
    lines = list(following[:AT_ONCE])
    with transaction.atomic():
        undo(
            batch=uuid.UUID(batch),
            by=User.objects.filter(pk=by).first(),
            lines=lines,
            as_batch=uuid.UUID(as_batch),
        )
        if lines:
            undo_slice.enqueue(batch, by, as_batch, lines[-1].pk)
        elif not is_quiet:
            later = undo_slice.using(run_after=timezone.now() + PATIENCE)
            later.enqueue(batch, by, as_batch, 0)


def is_at_work() -> bool:
    """Whether the background still decides about replies, or takes that back."""
    paths = [decide_slice.module_path, undo_slice.module_path]
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return Task.objects.filter(task_path__in=paths, status__in=unfinished).exists()


def _stop(batch: uuid.UUID) -> bool:
    """Take what waits of a batch from the queue; return whether no worker is just deciding some of it."""
    slices = Task.objects.filter(
        task_path=decide_slice.module_path, args_kwargs__kwargs__batch=str(batch)
    )
    slices.filter(status__in=WAITING).delete()
    return not slices.filter(status=TaskResultStatus.RUNNING).exists()
