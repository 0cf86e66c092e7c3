"""Changing the status of replies: moderators, writers and the site all use `change_status`."""

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
from comments.shown import thread_of
from comments.signals import reply_status_changed
from comments.verbs import counting
from web.batches import batches
from web.shown import changed

# A reply that reappears within this time is news again; nobody is mailed twice (`outbox`).
NEWS_FOR = timedelta(days=1)
# Replies in one task of mails, so that none takes long.
TOLD_AT_ONCE = 20


@dataclass(frozen=True)
class StatusChange:
    """A change of status of replies, to another one or to the same one again.

    `was` is what each had before, in the order of `comments`; `by` is None for the site and for the
    writers. `press` is passed on from the caller to the receivers that keep a record.
    """

    comments: Sequence[Comment]
    was: Sequence[Status]
    status: Status
    by: User | None
    at: datetime
    press: Any = None

    @cached_property
    def appeared(self) -> list[Comment]:
        """The replies that readers see now and did not see before."""
        if self.status != Status.APPROVED:
            return []
        return [comment for comment, was in self._pairs if was != Status.APPROVED]

    @cached_property
    def news(self) -> list[Comment]:
        """The replies that appeared and are news: readers did not see them long ago."""
        since = self.at - NEWS_FOR
        return [one for one in self.appeared if (one.appeared_at or self.at) > since]

    @cached_property
    def withdrawn(self) -> list[Comment]:
        """The replies that readers saw before and do not see any more."""
        if self.status == Status.APPROVED:
            return []
        return [comment for comment, was in self._pairs if was == Status.APPROVED]

    @property
    def _pairs(self) -> Iterable[tuple[Comment, Status]]:
        return zip(self.comments, self.was, strict=True)


@transaction.atomic
def change_status(
    *, comments: Sequence[Comment], status: Status, by: User | None, press: Any = None
) -> StatusChange:
    """Give replies a status, update every count, and send `reply_status_changed`.

    The caller has locked their threads (`counting.lock_threads`) and read them since.
    """
    change = StatusChange(
        comments=comments,
        was=[Status(comment.status) for comment in comments],
        status=status,
        by=by,
        at=timezone.now(),
        press=press,
    )
    _write(change)
    # What stands in its place above its answers.
    changed(*{thread_of(comment.post_id) for comment in comments if comment.descendant_count})
    counting.count_in(change.appeared)
    counting.count_out(change.withdrawn)
    if change.withdrawn or any(one.appeared_at for one in change.appeared):
        note_change(REPLIES)  # no moment stored with a reply shows it
    reply_status_changed.send(sender=Comment, change=change)
    return change


def _write(change: StatusChange) -> None:
    """Store the status; a reply that appears for the first time gets its `appeared_at`."""
    for comment in change.comments:
        comment.status = change.status
        comment.version += 1
        comment.decided_by = change.by
    values: dict[str, Any] = {"status": change.status, "decided_by": change.by}
    if change.status == Status.APPROVED:
        values["appeared_at"] = Coalesce("appeared_at", Value(change.at, DateTimeField()))
    for some in batches([comment.pk for comment in change.comments]):
        Comment.objects.filter(pk__in=some).update(**values, version=F("version") + 1)
