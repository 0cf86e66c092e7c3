"""The input and the result of rendering a text."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One image of the library, as a text needs it.

    Sizes are in pixels; `srcset` has the syntax of the HTML attribute; texts are plain text.
    `decorative` says that an empty `alt` is intended, not missing.
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
    """An entry of the table of contents: level 2 to 6, the id to link to, plain text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Everything derived from the source of a post.

    `html` and `excerpt_html` are safe to put into a page; `text` is plain text and must be escaped.
    `taken_out` names what is not shown of the source. `has_more` says whether the post goes on
    after the excerpt, `more_label` is the author's plain text for the link to the rest, or "".
    """

    html: str
    excerpt_html: str
    has_more: bool
    more_label: str
    toc: tuple[Heading, ...]
    text: str
    reading_minutes: int
    taken_out: tuple[str, ...] = ()
