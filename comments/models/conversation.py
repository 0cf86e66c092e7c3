"""The conversation under a post: how replies are taken, and how many there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from site_settings.choices import ReplyMails, ReplyPolicy
from site_settings.reading import site


class ConversationManager(models.Manager["Conversation"]):
    def get_by_natural_key(self, uid: str) -> Conversation:
        return self.get(post__uid=uid)


class Conversation(models.Model):
    """The conversation under one post; its row is made when it is first needed (`conversation_of`).

    Its lock is the lock of the whole thread (`comments.verbs.counting`); the lock of the post's own
    row is for its authors. So neither waits for the other, and a save of a post never writes an old
    count back.
    """

    post = models.OneToOneField(
        Post, models.CASCADE, related_name="conversation", verbose_name=_("post")
    )
    policy = models.CharField(_("replies"), max_length=10, choices=ReplyPolicy, blank=True)
    # The policy that `reopen` restores.
    policy_when_open = models.CharField(
        max_length=10, choices=ReplyPolicy, blank=True, editable=False
    )
    close_after = models.PositiveSmallIntegerField(
        _("replies are taken for"), null=True, blank=True
    )
    is_paused = models.BooleanField(_("conversation paused"), default=False)
    notices = models.CharField(
        _("mails about replies"), max_length=5, choices=ReplyMails, blank=True
    )
    pinned = models.ForeignKey(
        "Comment", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # How many replies readers see. Lists read it as `Post.comment_count`.
    reply_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ConversationManager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return str(self.post)

    def natural_key(self) -> tuple[Any, ...]:
        return self.post.natural_key()

    @property
    def policy_in_force(self) -> str:
        """Return the post's own policy, else the site's."""
        return self.policy or site.reply_policy

    @property
    def notices_in_force(self) -> str:
        """Return how the post's authors hear of replies: as the post says, else as the site does."""
        return self.notices or site.author_mails

    @property
    def ends_at(self) -> datetime | None:
        """When it closes by itself: after the post's own number of days, else after the site's."""
        days = site.close_after if self.close_after is None else self.close_after
        return self.post.due_at + timedelta(days=days) if days else None

    @property
    def is_over(self) -> bool:
        """Whether the conversation has closed by itself."""
        end = self.ends_at
        return end is not None and end <= timezone.now()

    @property
    def is_closed(self) -> bool:
        """Whether it takes no replies any more, by its policy or because it is over."""
        return self.policy_in_force == ReplyPolicy.CLOSED or self.is_over


def told_of_replies(mails: ReplyMails) -> models.Q:
    """Match the posts whose authors hear of replies in this way (`notices_in_force`)."""
    told = models.Q(conversation__notices=mails)
    if site.author_mails == mails:
        told |= models.Q(conversation__notices="") | models.Q(conversation=None)
    return told


def conversation_of(post: Post) -> Conversation:
    """Return the conversation under a post; one with the defaults if none is stored.

    Runs no query if it was read with the post (`PostQuerySet.with_conversation`).
    """
    found: Conversation | None = getattr(post, "conversation", None)
    return found or Conversation(post=post)
