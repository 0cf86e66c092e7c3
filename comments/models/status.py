"""Where a reply stands, and why it waits."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where a reply stands; a moderator's decision is the status it gives.

    A muted reply reads to its writer as it would if nobody were muted. Of a deleted one only the
    place is left.
    """

    PENDING = "pending", pgettext_lazy("reply", "waiting")
    APPROVED = "approved", pgettext_lazy("reply", "approved")
    REJECTED = "rejected", pgettext_lazy("reply", "rejected")
    SPAM = "spam", pgettext_lazy("reply", "spam")
    REMOVED = "removed", pgettext_lazy("reply", "removed")
    MUTED = "muted", pgettext_lazy("reply", "seen by its writer only")
    DELETED = "deleted", pgettext_lazy("reply", "deleted by its writer")


# As which a writer meets a reply of theirs that readers do not see.
SEEN_BY_WRITER = (Status.PENDING, Status.SPAM, Status.MUTED)
# Nothing tells a writer more than the page of the thread does.
CHANGEABLE = frozenset({Status.APPROVED, *SEEN_BY_WRITER})
# A muted reply is answered by its writer only, who sees nothing odd about it.
ANSWERABLE = (Status.APPROVED, Status.MUTED)


class HeldBecause(models.TextChoices):
    """Why a reply did not appear at once, in words for moderators."""

    FIRST_REPLY = "first_reply", _("first reply of this person")
    EVERY_REPLY = "every_reply", _("every reply to this post is held")
    UNCONFIRMED = "unconfirmed", _("the e-mail address is not confirmed")
    FILTER = "filter", _("held by the filter")
    RULE = "rule", _("held by a rule")
    EDITED = "edited", _("edited after it had appeared")
    UNJUDGED = "unjudged", _("it could not be checked")


# Of a muted reply: a rule alone keeps it from readers, so its writer thinks that they see it.
WOULD_STAND = ("", HeldBecause.RULE)


def status_to_writer(status: str, held_because: str) -> Status:
    """What a reply is to whoever wrote it: who is muted or sends spam learns nothing."""
    if status == Status.MUTED:
        return Status.APPROVED if held_because in WOULD_STAND else Status.PENDING
    return Status.PENDING if status == Status.SPAM else Status(status)
