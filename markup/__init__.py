"""Renders Markdown as safe HTML. Plain Python: it uses no model, setting or request.

Posts and replies are rendered once, when they are saved; the page, its preview and the feeds show
the same bytes.
"""

from markup.among_others import without_ids
from markup.direction import is_rtl
from markup.extensions.rawhtml import words_stay
from markup.judging import with_targets
from markup.parts import Heading, Picture, Rendered
from markup.plaintext import count_words, has_content, text_of
from markup.render import (
    picture_keys,
    pictures_without_alt,
    render_note,
    render_post,
    render_reply,
    taken_out,
)
from markup.slugs import SLUG, cut_slug, slug_of
from markup.visible import shows_something

__all__ = [
    "SLUG",
    "Heading",
    "Picture",
    "Rendered",
    "count_words",
    "cut_slug",
    "has_content",
    "is_rtl",
    "picture_keys",
    "pictures_without_alt",
    "render_note",
    "render_post",
    "render_reply",
    "shows_something",
    "slug_of",
    "taken_out",
    "text_of",
    "with_targets",
    "without_ids",
    "words_stay",
]
