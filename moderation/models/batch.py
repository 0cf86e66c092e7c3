"""The batch of one press of a button."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Batch(models.Model):
    """One press of a button; its lines in the log are undone together.

    An undo is a batch too, and names the batch it `undoes`. A batch is stopped before it is undone:
    what the background has not decided yet stays as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undoes = models.ForeignKey("self", models.CASCADE, null=True, related_name="undone_by")
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)

    def keep(self) -> None:
        """Store the batch, unless it is stored. A press that changes nothing leaves no row."""
        if self._state.adding:
            self.save(force_insert=True)
