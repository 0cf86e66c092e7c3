"""What goes into the rendering of a text and what comes out."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture of the library, as a text needs it.

    Sizes are in pixels; `srcset` is in the syntax of the HTML attribute; texts are plain text.
    `decorative` says that an empty `alt` is meant, not missing.
    """

    key: str
    src: str
    width: int
    height: int
    srcset: str = ""
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    credit_url: str = ""
    licence: str = ""
    licence_url: str = ""
    full_src: str = ""


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents: level 2 to 6, the id to link to, plain text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Everything derived from the source of a post.

    `html` and `excerpt_html` are safe to put into a page as they are; `text` is plain text and
    must still be escaped. `taken_out` names what of the source is not shown.
    `has_more` tells whether the post goes on after the excerpt,
    `more_label` is what the author calls the way there, in plain text, if anything.
    """

    html: str
    excerpt_html: str
    has_more: bool
    more_label: str
    toc: tuple[Heading, ...]
    text: str
    reading_minutes: int
    taken_out: tuple[str, ...] = ()
