"""What moderators' pages ask about a reply."""

from __future__ import annotations

from django import template

from comments.models import Comment
from comments.spam.words import Reason
from comments.spam.words import reasons as reasons_of

register = template.Library()


@register.filter
def reasons(comment: Comment) -> list[Reason]:
    """`{% for reason in comment|reasons %}`: what the filter found, in words, each with its score."""
    return reasons_of(comment.findings)
