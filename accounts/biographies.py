"""Renders biographies when they are saved."""

from __future__ import annotations

from accounts.models import Author
from markup import render_note
from site_settings.reading import site
from web.shown import changed, named


def biography_html(author: Author) -> str:
    return render_note(author.biography, language=site.default_language)


def render_again(*, author: Author) -> bool:
    """Render a biography again after an upgrade; return whether it changed."""
    html = biography_html(author)
    same = Author.objects.filter(pk=author.pk, biography=author.biography)
    has_changed = html != author.biography_html and bool(same.update(biography_html=html))
    if has_changed:
        changed(named(Author, author.pk))
    return has_changed
