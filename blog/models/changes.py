"""Records of changes that no row shows, because it was deleted or belongs to no post."""

from __future__ import annotations

from django.db import models


class NotedChange(models.Model):
    """A change of posts or replies that their own rows do not show.

    A deletion moves the latest date of the remaining rows back, so a client that asks a feed by
    date alone would keep a deleted post for ever. The latest row of a scope counts. Rows are added
    and never changed, so that no transaction waits for another.
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
