"""A reply that waits: why, and whom it asks to decide."""

from __future__ import annotations

from comments import tasks
from comments.models import Comment, HeldBecause, Status
from comments.signals import reply_held


def hold_because(comment: Comment, reason: HeldBecause) -> None:
    """Store why the reply is held from now on."""
    comment.held_because = reason
    comment.save(update_fields=["held_because"])


def ask_whoever_decides(comment: Comment, *, language: str) -> None:
    """Ask the writer of a held reply to confirm the address, or tell moderators to decide."""
    if comment.status == Status.APPROVED:
        return
    if comment.held_because == HeldBecause.UNCONFIRMED:
        tasks.ask_to_confirm_reply.enqueue(comment.pk, language)
    elif comment.status != Status.MUTED:
        reply_held.send(sender=Comment, comment=comment)
