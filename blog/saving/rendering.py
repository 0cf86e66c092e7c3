"""Renders a post's Markdown, for preview and publication alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from blog.languages import interface_language
from blog.models import Post
from images.models import Image
from markup import Rendered, picture_keys, render_post, words_stay


def render(source: str, *, language: str) -> Rendered:
    """Render Markdown with the library's images in it. One query.

    `language` is the post's BCP 47 code: typographic quotes and the words of a licence depend on
    it.
    """
    with translation.override(interface_language(language)):
        pictures = Image.objects.pictures_for(picture_keys(source))
    return render_post(source, language=language, pictures=pictures)


def derive(post: Post) -> None:
    """Set every field of the post that is derived from its text, without saving."""
    rendered = render(post.body, language=post.language)
    post.body_html = rendered.html
    post.excerpt_html = rendered.excerpt_html
    post.has_more = rendered.has_more
    post.more_label = rendered.more_label
    post.toc = [{"level": h.level, "id": h.id, "text": h.text} for h in rendered.toc]
    post.body_text = rendered.text
    post.reading_minutes = rendered.reading_minutes
    post.taken_out = rendered.taken_out


def notice_of(taken: Iterable[str]) -> str:
    """Return a message for the author on what readers will not see of a text; "" if they see all.

    `taken` is the result of `markup.taken_out`.
    """
    names = list(taken)
    if not names:
        return ""
    said = _("Taken out of the text, and not shown to readers: %(what)s.") % {"what": _list(names)}
    if tags := list(filter(words_stay, names)):
        said += " " + _("What stands between the tags of %(tags)s is shown.") % {
            "tags": _list(tags)
        }
    return said


def _list(taken: Iterable[str]) -> str:
    return ", ".join(map(_name_of, taken))


def _name_of(taken: str) -> str:
    if taken == "comment":
        return _("comments")
    return taken if taken.startswith("[") else f"<{taken}>"
