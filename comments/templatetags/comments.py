"""How the conversation comes onto a post's page: `{% thread conversation %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from markup import with_targets

register = template.Library()


@register.filter
def for_judging(html: str) -> SafeString:
    """Sanitised HTML as whoever decides about it should see it: where its links lead stands there too."""
    return mark_safe(with_targets(html))  # noqa: S308 - what is added is escaped


@register.inclusion_tag("comments/_thread.html")
def thread(conversation: dict[str, Any]) -> dict[str, Any]:
    """One page of the conversation under a post and the way to join it (`comments.thread.context`)."""
    return conversation
