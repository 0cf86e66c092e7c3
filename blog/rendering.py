"""From a post's Markdown to what readers get. Preview and publication both come through here."""

from __future__ import annotations

from django.utils import translation

from blog.models import Post
from images.models import Image
from markup import Rendered, picture_keys, render_post


def render(source: str, *, language: str) -> Rendered:
    """Render Markdown with the library's pictures in it, by one query.

    `language` is the post's, as a BCP 47 code; typographic quotes and the words of a licence
    follow it.
    """
    with translation.override(language):
        pictures = Image.objects.pictures_for(picture_keys(source))
    return render_post(source, language=language, pictures=pictures)


def derive(post: Post) -> None:
    """Fill every field of the post that follows from its text; nothing is saved."""
    rendered = render(post.body, language=post.language)
    post.body_html = rendered.html
    post.excerpt_html = rendered.excerpt_html
    post.has_more = rendered.has_more
    post.more_label = rendered.more_label
    post.toc = [{"level": h.level, "id": h.id, "text": h.text} for h in rendered.toc]
    post.body_text = rendered.text
    post.reading_minutes = rendered.reading_minutes
