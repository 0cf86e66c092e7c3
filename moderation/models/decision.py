"""The log of decisions, and the tickets that let moderators decide from a mail."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.reply import Comment
from comments.models.status import Status
from moderation.models.batch import Batch
from web import dates


class Decision(models.Model):
    """One line of the moderation log: what a reply was, what it became, by whom and when.

    If a writer changes a reply that readers do not see, it gets a line without `by` and without a
    batch.
    """

    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="decisions", verbose_name=_("reply")
    )
    was = models.CharField(_("was"), max_length=8, choices=Status)
    decision = models.CharField(_("became"), max_length=8, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # The account can be made inactive but not deleted: the log would lose a name.
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # The version of the reply after the decision: while it has that one, this can be undone.
    version = models.PositiveIntegerField(default=0, editable=False)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, editable=False, related_name="decisions"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    @property
    def is_change_of_text(self) -> bool:
        return self.by_id is None and self.was == self.decision

    def __str__(self) -> str:
        who = self.by.public_name if self.by else _("the site")
        return f"{self.get_decision_display()} ({who}, {dates.moment(self.at)})"


class Ticket(models.Model):
    """The right to decide once about one reply without signing in, mailed to one moderator."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="tickets")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="ticket_one_each")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.comment_id}"

    def use(self) -> None:
        """Mark the ticket as used by its one decision."""
        self.used_at = timezone.now()
        self.save(update_fields=["used_at"])
