"""The mails in the outbox."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """One mail, complete, as the mail server gets it; emptied after it was sent.

    `kind`, `about`, `whom` and `occasion` identify the mail, so that it is never sent twice; a mail
    without a kind may be (`outbox.sending.Topic`). `claimed_at` is when a worker began to send it.
    """

    # Null, not empty, for mails that may be alike: a unique constraint ignores null.
    kind = models.CharField(max_length=30, null=True)  # noqa: DJ001
    about = models.BigIntegerField(default=0)
    whom = models.CharField(max_length=40, blank=True)
    occasion = models.CharField(max_length=40, blank=True)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField()
    message = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "whom", "occasion"], name="mail_once")
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.kind, str(self.about), self.whom, self.occasion]))
