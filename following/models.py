"""The wish to be told of replies by mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mailboxes import person_behind
from blog.models import Post
from comments.models.reply import Comment


class Scope(models.TextChoices):
    """Which replies under a post somebody is told of."""

    ANSWERS = "answers", _("answers to my replies")
    EVERYTHING = "all", _("every reply")


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> FollowQuerySet:
        return self.exclude(confirmed_at=None)

    def unconfirmed(self) -> FollowQuerySet:
        return self.filter(confirmed_at=None)

    def to_be_told_of(self, comment: Comment) -> FollowQuerySet:
        """Wishes to be told of a reply: those for everything, and that of the writer it answers."""
        wanted = models.Q(scope=Scope.EVERYTHING)
        answered = comment.parent
        if answered and answered.user_id:
            wanted |= models.Q(user=answered.user_id)
        elif answered and answered.email:
            wanted |= models.Q(user=None, email=answered.email)
        return self.confirmed().filter(wanted, post=comment.post_id).exclude(_person(comment))


def _person(comment: Comment) -> models.Q:
    if comment.user_id:
        return models.Q(user=comment.user_id)
    return models.Q(user=None, email=comment.email)


class Follow(models.Model):
    """One person's wish to hear of one conversation: an account's, or else a guest's by address.

    Nothing is mailed to a guest's address before it is confirmed. Mails to the address count as
    mails to its `mailbox` (`accounts.mailboxes.person_behind`).
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="follows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="follows"
    )
    email = models.EmailField(blank=True)
    mailbox = models.EmailField(blank=True, editable=False)
    scope = models.CharField(max_length=7, choices=Scope)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    started_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    objects = FollowQuerySet.as_manager()

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
        indexes = [
            models.Index(fields=["email"], name="follow_by_address"),
            models.Index(fields=["mailbox"], name="follow_by_mailbox"),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.post}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mailbox = person_behind(self.email) if self.email else ""
        super().save(*args, **kwargs)

    @property
    def is_for_everything(self) -> bool:
        return self.scope == Scope.EVERYTHING

    @property
    def address(self) -> str:
        """Where mails go: an account's present address, or the guest's."""
        return self.user.email if self.user else self.email
