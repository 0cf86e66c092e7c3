"""The HTML of a biography, which is derived when it is written."""

from __future__ import annotations

from django.conf import settings

from accounts.models import Author
from markup import render_note


def biography_html(author: Author) -> str:
    return render_note(author.biography, language=settings.LANGUAGE_CODE)


def render_again(*, author: Author) -> bool:
    """Derive it anew after an upgrade; return whether it is another one now."""
    html = biography_html(author)
    same = Author.objects.filter(pk=author.pk, biography=author.biography)
    return html != author.biography_html and bool(same.update(biography_html=html))
