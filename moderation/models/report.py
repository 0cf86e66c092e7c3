"""Readers' reports to the moderators about replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import READER_LENGTH, Comment
from moderation.models.decision import Decision


class Report(models.Model):
    """One reader's report about a reply; open until a moderator decides."""

    class Reason(models.TextChoices):
        RUDE = "rude", _("It is rude or hurtful")
        SPAM = "spam", _("It is advertising or spam")
        OFF_TOPIC = "off_topic", _("It has nothing to do with the article")
        ILLEGAL = "illegal", _("It may be against the law")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reader = models.CharField(max_length=READER_LENGTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=9, choices=Reason)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    # The decision that closed it, so that an undo opens it again.
    answered_by = models.ForeignKey(
        Decision, models.SET_NULL, null=True, editable=False, related_name="answered"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="report_once_per_reader")
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.comment_id}"
