"""The status of a reply, and why it is held."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """The status of a reply; a decision gives it one.

    A muted reply looks to its writer as it would if it were not muted. Of a deleted reply only the
    place is left.
    """

    PENDING = "pending", pgettext_lazy("reply", "waiting")
    APPROVED = "approved", pgettext_lazy("reply", "approved")
    REJECTED = "rejected", pgettext_lazy("reply", "rejected")
    SPAM = "spam", pgettext_lazy("reply", "spam")
    REMOVED = "removed", pgettext_lazy("reply", "removed")
    MUTED = "muted", pgettext_lazy("reply", "seen by its writer only")
    DELETED = "deleted", pgettext_lazy("reply", "deleted by its writer")


# The statuses in which the writer sees a reply that readers do not see.
SEEN_BY_WRITER = (Status.PENDING, Status.SPAM, Status.MUTED)
# Only what the thread shows to its writer: otherwise the refusal would tell them the status.
CHANGEABLE = frozenset({Status.APPROVED, *SEEN_BY_WRITER})
# Only its writer can answer a muted reply: to them it looks like any other.
ANSWERABLE = (Status.APPROVED, Status.MUTED)
# The permissions to decide: about all replies, and about those under one's own posts.
DECIDES_ALL, DECIDES_OWN = "comments.moderate_comment", "comments.moderate_own_comment"


class HeldBecause(models.TextChoices):
    """Why a reply is held; the labels are for moderators."""

    FIRST_REPLY = "first_reply", _("first reply of this person")
    EVERY_REPLY = "every_reply", _("every reply to this post is held")
    UNCONFIRMED = "unconfirmed", _("the e-mail address is not confirmed")
    FILTER = "filter", _("held by the filter")
    RULE = "rule", _("held by a rule")
    EDITED = "edited", _("edited after it had appeared")
    UNJUDGED = "unjudged", _("it could not be checked")


# Reasons of muted replies that look approved to their writer: only a rule hides them.
WOULD_STAND = ("", HeldBecause.RULE)


def status_to_writer(status: str, held_because: str) -> Status:
    """Return the status to show to the writer: never that a reply is muted or spam."""
    if status == Status.MUTED:
        return Status.APPROVED if held_because in WOULD_STAND else Status.PENDING
    return Status.PENDING if status == Status.SPAM else Status(status)
