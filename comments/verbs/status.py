"""The one place where a reply's status changes, whoever wants it: a moderator, its writer, the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from blog.changes import REPLIES, note_change
from comments.models import Comment, Status
from comments.signals import reply_status_changed
from comments.verbs import counting
from web.batches import batches

# What comes back within this time is told of once more; whoever was told already is told nothing (`outbox`).
NEWS_FOR = timedelta(days=1)


@dataclass(frozen=True)
class StatusChange:
    """That replies have got another status, or were given the one they had once more.

    `was` is what each had before, in the order of `comments`; `by` is None for the site and for who
    wrote them. `decision` is what the caller knows besides, for those who keep a record.
    """

    comments: Sequence[Comment]
    was: Sequence[Status]
    status: Status
    by: User | None
    at: datetime
    decision: Any = None

    @cached_property
    def appeared(self) -> list[Comment]:
        """Those that readers see now, and did not before."""
        if self.status != Status.APPROVED:
            return []
        return [comment for comment, was in self._pairs if was != Status.APPROVED]

    @cached_property
    def news(self) -> list[Comment]:
        """Of those that appeared the ones that readers have not seen long ago."""
        since = self.at - NEWS_FOR
        return [one for one in self.appeared if (one.appeared_at or self.at) > since]

    @cached_property
    def withdrawn(self) -> list[Comment]:
        """Those that readers saw before, and see no more."""
        if self.status == Status.APPROVED:
            return []
        return [comment for comment, was in self._pairs if was == Status.APPROVED]

    @property
    def _pairs(self) -> Iterable[tuple[Comment, Status]]:
        return zip(self.comments, self.was, strict=True)


@transaction.atomic
def change_status(
    *, comments: Sequence[Comment], status: Status, by: User | None, decision: Any = None
) -> StatusChange:
    """Give replies a status, keep every count right, and tell whoever keeps books about it.

    The caller has locked their threads (`counting.lock_threads`) and read them since.
    """
    change = StatusChange(
        comments=comments,
        was=[Status(comment.status) for comment in comments],
        status=status,
        by=by,
        at=timezone.now(),
        decision=decision,
    )
    _write(change)
    counting.count_in(change.appeared)
    counting.count_out(change.withdrawn)
    if change.withdrawn or any(one.appeared_at for one in change.appeared):
        note_change(REPLIES)  # no moment of any reply tells it
    reply_status_changed.send(sender=Comment, change=change)
    return change


def _write(change: StatusChange) -> None:
    """What readers see now appeared now, unless they saw it before."""
    for comment in change.comments:
        comment.status = change.status
        comment.version += 1
        comment.decided_by = change.by
    values: dict[str, Any] = {"status": change.status, "decided_by": change.by}
    if change.status == Status.APPROVED:
        values["appeared_at"] = Coalesce("appeared_at", Value(change.at, DateTimeField()))
    for some in batches([comment.pk for comment in change.comments]):
        Comment.objects.filter(pk__in=some).update(**values, version=F("version") + 1)
