"""Who wants to be told of replies by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post


class Scope(models.TextChoices):
    """Of which replies under a post somebody is told."""

    ANSWERS = "answers", _("answers to my replies")
    EVERYTHING = "all", _("every reply")


class Follow(models.Model):
    """One person's wish to hear of one conversation: an account, or else a guest's address.

    Nothing is mailed to a guest's address before it is confirmed.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="follows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="follows"
    )
    email = models.EmailField(blank=True)
    scope = models.CharField(max_length=7, choices=Scope)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    started_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=models.Q(user__isnull=False),
                name="follow_one_per_account",
            ),
            models.UniqueConstraint(
                fields=["post", "email"],
                condition=models.Q(user__isnull=True),
                name="follow_one_per_address",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="follow_by_address")]

    def __str__(self) -> str:
        return f"{self.user or self.email}: {self.post}"
