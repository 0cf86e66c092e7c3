"""Mails that are on their way."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """One mail as it will be handed to the mail server, whole; emptied when it has gone.

    `key` says what it is about, so that the same is never mailed twice. `claimed_at` is when a
    worker began to send it.
    """

    key = models.CharField(max_length=100, unique=True)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField()
    message = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key
