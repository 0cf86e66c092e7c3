"""What the filter has learned from moderators' decisions, and what Akismet is asked."""

from __future__ import annotations

from django.db import models

from comments.models import Comment


class Word(models.Model):
    """In how many replies of each sort a word stood; the word itself is kept as a keyed hash.

    The row of the hash 0 counts the replies themselves.
    """

    hash = models.BigIntegerField(primary_key=True)
    ham = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hash:x}: {self.ham} / {self.spam}"


class AkismetCheck(models.Model):
    """That Akismet is or was asked about a reply: "" as `answer` while it has not answered.

    `told` is what it was told afterwards that the reply is, by a moderator who decided otherwise.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="akismet_check"
    )
    answer = models.CharField(max_length=7, blank=True)
    told = models.CharField(max_length=4, blank=True)

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.answer or '…'}"
