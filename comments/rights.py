"""Who may change or delete a reply: whoever wrote it, as far as that can be known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from comments.models import Comment, Status

# Nothing tells a writer more than the page of the thread does.
CHANGEABLE = frozenset({Status.APPROVED, Status.PENDING, Status.MUTED, Status.SPAM})


class NotThere(Exception):
    """Readers do not see the reply, or not any more."""


@dataclass(frozen=True, slots=True)
class Writer:
    """What is known of who asks: an account, the replies this browser sent, a proven e-mail address."""

    user: User | AnonymousUser
    own: Collection[int] = ()
    email: str = ""

    def wrote(self, comment: Comment) -> bool:
        """A browser proves it for some minutes only: it may be anybody's by tomorrow."""
        if comment.user_id:
            return comment.user_id == self.user.pk
        return (comment.pk in self.own and is_fresh(comment)) or self.proved(comment)

    def may_change(self, comment: Comment) -> bool:
        return comment.status in CHANGEABLE and self.wrote(comment)

    def may_delete(self, comment: Comment) -> bool:
        return comment.status != Status.DELETED and self.wrote(comment)

    def proved(self, comment: Comment) -> bool:
        """By the address it was written with, if it is the account's or that of a mailed link."""
        return bool(comment.email) and (
            comment.email == self.email
            or (isinstance(self.user, User) and comment.email in self.user.proven_emails)
        )


def changeable_until(submitted_at: datetime) -> datetime:
    """How long the browser that sent a reply may change it."""
    return submitted_at + timedelta(minutes=settings.PARLEY_EDIT_WINDOW)


def seconds_left(submitted_at: datetime) -> float:
    """How much of that time is left; less than zero when it is over."""
    return (changeable_until(submitted_at) - timezone.now()).total_seconds()


def is_fresh(comment: Comment) -> bool:
    return seconds_left(comment.submitted_at) > 0
