"""Thanks of readers for replies."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from comments.models.reply import Comment

READER_LENGTH = 32


class Thanks(models.Model):
    """One reader's thanks for a reply. `reader` is a keyed hash of the account or the browser."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="thanks")
    reader = models.CharField(max_length=READER_LENGTH)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="thanks_once_per_reader")
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.comment_id}"
