"""When something changed that no row tells of, because it is gone or belongs to no post."""

from __future__ import annotations

from django.db import models


class NotedChange(models.Model):
    """That posts, or replies, changed in a way that their own rows do not show.

    A deletion takes the latest date of what is left back, and who asks a feed by date alone would
    keep what was deleted for ever. The latest row of a scope counts. Rows are added and never
    changed, so that nobody waits for anybody.
    """

    class Scope(models.TextChoices):
        POSTS = "posts"
        REPLIES = "replies"

    scope = models.CharField(max_length=10, choices=Scope)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scope", "-at"], name="noted_change_latest")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.at}"
