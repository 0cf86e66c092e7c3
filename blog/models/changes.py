"""When something changed that no row tells of, because it is gone or belongs to no post."""

from __future__ import annotations

from django.db import models


class LastChange(models.Model):
    """When posts, or replies, last changed in a way that their own rows do not show.

    A deletion takes the latest date of what is left back, and who asks a feed by date alone would
    keep what was deleted for ever.
    """

    class Scope(models.TextChoices):
        POSTS = "posts"
        REPLIES = "replies"

    scope = models.CharField(primary_key=True, max_length=10, choices=Scope)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.scope}: {self.at}"
