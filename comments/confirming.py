"""Proving an e-mail address: of a guest who replied, or who wants to be told of replies."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Follow, HeldBecause, Status
from comments.moderation import decide


@transaction.atomic
def confirm_reply(*, comment: Comment) -> None:
    """The writer opened the link that was mailed: what was held for that alone appears.

    Once is as good as twice.
    """
    now = timezone.now()
    if not Comment.objects.filter(pk=comment.pk, confirmed_at=None).update(confirmed_at=now):
        return
    Follow.objects.unconfirmed().filter(post=comment.post_id, email=comment.email).update(
        confirmed_at=now
    )
    if comment.held_because == HeldBecause.UNCONFIRMED:
        decide(comments=[comment], decision=Status.APPROVED, by=None, expecting=Status.PENDING)
