"""Template tags of the conversation: `{% thread conversation %}` and a filter for moderators."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from markup import with_targets

register = template.Library()


@register.filter
def for_judging(html: str) -> SafeString:
    """Return sanitised HTML for a moderator, with the target of each link written beside it."""
    return mark_safe(with_targets(html))  # noqa: S308 - what is added is escaped


@register.inclusion_tag("comments/_thread.html")
def thread(conversation: dict[str, Any]) -> dict[str, Any]:
    """Show a page of the thread under a post, and the way to reply (`comments.thread.context`)."""
    return conversation
