"""Template filters for the names of languages (`blog.languages`)."""

from __future__ import annotations

from django import template

from blog import languages

register = template.Library()


@register.filter
def language_name(tag: str) -> str:
    """Return the language's name in the active language."""
    return languages.language_name(tag)


@register.filter
def own_name(tag: str) -> str:
    """Return the language's name in that language."""
    return languages.own_name(tag)
