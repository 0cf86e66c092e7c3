"""What a reply that waits calls for: its writer or a moderator is asked."""

from __future__ import annotations

from comments import tasks
from comments.models import Comment, HeldBecause, Status
from comments.signals import reply_held


def ask_whoever_decides(comment: Comment, *, language: str) -> None:
    """Ask the writer of a held reply to confirm the address, or tell moderators to decide."""
    if comment.status == Status.APPROVED:
        return
    if comment.held_because == HeldBecause.UNCONFIRMED:
        tasks.ask_to_confirm_reply.enqueue(comment.pk, language)
    elif comment.status != Status.MUTED:
        reply_held.send(sender=Comment, comment=comment)
