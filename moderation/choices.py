"""The decisions that are possible for each status, and the labels of their buttons."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from comments.models import Comment, Status

VERBS = {
    Status.APPROVED: pgettext_lazy("moderation", "Approve"),
    Status.REJECTED: pgettext_lazy("moderation", "Reject"),
    Status.SPAM: pgettext_lazy("moderation", "Spam"),
    Status.REMOVED: pgettext_lazy("moderation", "Remove"),
}
Choices = Sequence[tuple[Status, Promise]]
# The likeliest first. A reply that its writer deleted cannot come back.
CHOICES: dict[Status, tuple[Status, ...]] = {
    Status.PENDING: (Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED),
    Status.APPROVED: (Status.REMOVED, Status.SPAM),
    Status.REJECTED: (Status.APPROVED, Status.SPAM),
    Status.SPAM: (Status.APPROVED, Status.REJECTED),
    Status.REMOVED: (Status.APPROVED, Status.SPAM),
    Status.MUTED: (Status.APPROVED, Status.REJECTED, Status.SPAM),
    Status.DELETED: (),
}


def choices_for(comment: Comment) -> Choices:
    return [(status, VERBS[status]) for status in CHOICES[Status(comment.status)]]
