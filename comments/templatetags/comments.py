"""How the conversation comes onto a post's page: `{% thread post %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from blog.models import Post
from comments.thread.context import conversation
from markup import with_targets

register = template.Library()


@register.filter
def for_judging(html: str) -> SafeString:
    """Sanitised HTML as whoever decides about it should see it: where its links lead stands there too."""
    return mark_safe(with_targets(html))  # noqa: S308 - what is added is escaped


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def thread(context: Context, post: Post) -> dict[str, Any]:
    """One page of the conversation under a post, as the address asks for it, and the way to join it.

    Raises Http404 for a page that the thread does not have.
    """
    return conversation(context["request"], post)
