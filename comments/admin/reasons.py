"""Why a reply waits, in words for moderators."""

from __future__ import annotations

from comments.models import Comment
from comments.spam.words import reasons as found_by_filter


def reasons(comment: Comment) -> list[str]:
    """The policy's reason, and beside it what the filter found, each with its score."""
    label = [comment.get_held_because_display()] if comment.held_because else []
    return [
        *label,
        *(f"{found.words} ({found.signed})" for found in found_by_filter(comment.findings)),
    ]
