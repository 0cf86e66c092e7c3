"""What the filter has learned from decisions, and what Akismet was asked."""

from __future__ import annotations

from django.db import models

from comments.models import Comment


class Word(models.Model):
    """How many replies of each kind held a word; the word itself is stored as a keyed hash.

    The row of the hash 0 counts the replies themselves.
    """

    hash = models.BigIntegerField(primary_key=True)
    ham = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hash:x}: {self.ham} / {self.spam}"


class AkismetCheck(models.Model):
    """A question to Akismet about a reply; `answer` is "" until it has answered.

    `told` is the correction that Akismet got after a moderator decided otherwise.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="akismet_check"
    )
    answer = models.CharField(max_length=7, blank=True)
    told = models.CharField(max_length=4, blank=True)

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.answer or '…'}"
