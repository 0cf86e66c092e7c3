"""The reasons why a reply is held, in words for moderators."""

from __future__ import annotations

from comments.models import Comment, HeldBecause
from spam.words import reasons as found_by_filter


def reasons(comment: Comment) -> list[str]:
    """Return the reason stored with a reply, and what the filter found, each with its score."""
    held = comment.held_because
    label = [str(HeldBecause(held).label)] if held in HeldBecause.values else []
    return [
        *label,
        *(f"{found.words} ({found.signed})" for found in found_by_filter(comment)),
    ]
