"""What the filter has learned from moderators' decisions."""

from __future__ import annotations

from django.db import models


class Word(models.Model):
    """In how many replies of each sort a word stood; the word itself is kept as a keyed hash.

    The row of the hash 0 counts the replies themselves.
    """

    hash = models.BigIntegerField(primary_key=True)
    ham = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hash:x}: {self.ham} / {self.spam}"
