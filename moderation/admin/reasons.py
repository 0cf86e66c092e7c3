"""Why a reply waits, in words for moderators."""

from __future__ import annotations

from django.utils.translation import gettext

from comments.models import Comment, HeldBecause
from spam.words import is_being_checked
from spam.words import reasons as found_by_filter


def reasons(comment: Comment) -> list[str]:
    """The policy's reason, and beside it what the filter found, each with its score."""
    held = comment.held_because
    label = [str(HeldBecause(held).label)] if held in HeldBecause.values else []
    checked = [gettext("it is being checked by Akismet")] if is_being_checked(comment) else []
    return [
        *label,
        *checked,
        *(f"{found.words} ({found.signed})" for found in found_by_filter(comment.findings)),
    ]
