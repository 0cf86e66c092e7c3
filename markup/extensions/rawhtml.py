"""Rewrites HTML that an author wrote in a post.

Tags are read by the grammar of CommonMark (section 6.6) and written again, so the browser sees the
tags that we saw. Ids and classes are dropped, because they could clash with ours; images become
links, because only the library serves images; what opens in a paragraph is closed in it, and depth
is limited. The allow-list (`markup.sanitise`) comes afterwards.
"""

import re
import string
from collections.abc import Iterable, Iterator
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.sanitise import RAW_TAGS

MAX_DEPTH = 30
VALUE = r"""(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
ATTRIBUTE = re.compile(r"\s++([A-Za-z_:][\w.:-]*+)" + VALUE)
TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+"
    r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+)\s*+/?+>"""
)
VOID = frozenset("br col hr wbr".split())
# Elements that may stay open across blocks, so that Markdown can stand between their tags.
CONTAINERS = frozenset(
    "blockquote caption dd details div dl dt figcaption figure li ol summary table tbody td tfoot "
    "th thead tr ul".split()
)
# Elements that are removed with their content.
SILENT = re.compile(
    r"<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|template)"
    r"(?![a-z0-9-])"
)
# Elements without content.
EMPTY = frozenset(
    "area base embed frame image img input keygen link meta param source track".split()
)
# `str.lower` can change a text's length.
TO_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# Elements that hold a line of text and have no direction.
LINE = re.compile(r"<(caption|dd|dt|figcaption|h[2-6]|li|p|summary|td|th)(?=[ >])(?![^>]* dir=)")
IMAGES = frozenset(("img", "image"))
COMMENT = "comment"
OURS_ALONE = frozenset("class id name style role tabindex".split())


def raw_html(md: MarkdownIt) -> None:
    """Make the parser rewrite the HTML in the source."""
    md.core.ruler.before("text_join", "raw_html", rewrite)


def rewrite(state: StateCore) -> None:
    """Rewrite the HTML, and add to `env["taken_out"]` what is removed."""
    taken_out = state.env.setdefault("taken_out", {})
    open_blocks: list[str] = []
    for token in state.tokens:
        if token.type == "html_block":
            taken_out.update(dict.fromkeys(hidden_in(token.content)))
            token.content = rewrite_block(token.content, open_blocks)
            if state.env["directions"]:
                token.content = LINE.sub(r'<\1 dir="auto"', token.content)
        elif any(child.type == "html_inline" for child in token.children or ()):
            token.children = without_silent(token.children or [])
            taken_out.update(dict.fromkeys(hidden_in_line(token.children)))
            rewrite_inline(token)


def words_stay(taken: str) -> bool:
    """Return whether the content of an element stays when its tags are removed."""
    return taken.isalnum() and taken not in EMPTY | {COMMENT} and not SILENT.match(f"<{taken}")


def without_silent(children: list[Token]) -> list[Token]:
    """Return a line's tokens without the content of silent elements; their opening tags stay.

    An element ends at its closing tag, else at the end of the line. If emphasis or a link crosses
    an element's end, the end that keeps the pair complete stays.
    """
    kept: list[Token] = []
    opened: list[Token] = []
    element = ""
    for child in children:
        if not element:
            kept.append(child)
            element = silent_element(child)
        elif closes(child, element):
            kept, opened, element = kept + opened, [], ""
        elif child.nesting > 0:
            opened.append(child)
        elif child.nesting < 0:
            opened.pop() if opened else kept.append(child)
    return kept + opened


def silent_element(child: Token) -> str:
    lower = child.content.translate(TO_LOWER) if child.type == "html_inline" else ""
    silent = SILENT.match(lower)
    return silent[1] if silent else ""


def closes(child: Token, element: str) -> bool:
    tag = TAG.match(child.content) if child.type == "html_inline" else None
    return bool(tag and tag[1] and tag[2].translate(TO_LOWER) == element)


def hidden_in_line(children: Iterable[Token]) -> Iterator[str]:
    for child in children:
        if child.type == "html_inline":
            yield from hidden_in(child.content)


def hidden_in(html: str) -> Iterator[str]:
    """Yield COMMENT, or an element's name, for each thing that is removed."""
    lower = html.translate(TO_LOWER)
    done = 0
    while (at := html.find("<", done)) >= 0:
        done = after_unseen(lower, at)
        if done > at:
            silent = SILENT.match(lower, at)
            yield silent[1] if silent else COMMENT
        else:
            tag = TAG.match(html, at)
            if tag and not is_seen(tag):
                yield tag[2].lower()
            done = tag.end() if tag else at + 1


def is_seen(tag: re.Match[str]) -> bool:
    """Return whether the tag stays, or is an image that becomes a link."""
    name = tag[2].lower()
    return name in RAW_TAGS or (name in IMAGES and image_as_link(tag[3]).startswith("<a"))


def rewrite_block(html: str, opened: list[str]) -> str:
    parts = [rewrite_piece(piece, opened) for piece in pieces(html)]
    while opened and opened[-1] not in CONTAINERS:
        parts.append(f"</{opened.pop()}>")
    return "".join(parts)


def rewrite_inline(token: Token) -> None:
    opened: list[str] = []
    children = token.children or []
    for child in children:
        if child.type == "html_inline":
            child.content = "".join(rewrite_piece(p, opened) for p in pieces(child.content))
    closing = "".join(f"</{name}>" for name in reversed(opened))
    token.children = [*children, Token("html_inline", "", 0, content=closing)]


def pieces(html: str) -> Iterator[str | re.Match[str]]:
    """Yield escaped text and tags, without comments, declarations and silent elements."""
    lower = html.translate(TO_LOWER)
    done = 0
    while (at := html.find("<", done)) >= 0:
        yield escape_brackets(html[done:at])
        done = after_unseen(lower, at)
        if done == at:
            tag = TAG.match(html, at)
            yield tag or "&lt;"
            done = tag.end() if tag else at + 1
    yield escape_brackets(html[done:])


def after_unseen(lower: str, at: int) -> int:
    """Return the end of the hidden thing that begins at `at`; `at` if none does."""
    if lower.startswith("<!--", at):
        return after(lower, "-->", at + len("<!--"))
    if lower.startswith(("<!", "<?"), at):
        return after(lower, ">", at)
    if silent := SILENT.match(lower, at):
        return after(lower, ">", after(lower, f"</{silent[1]}", at) - 1)
    return at


def after(text: str, mark: str, start: int) -> int:
    at = text.find(mark, start)
    return len(text) if at < 0 else at + len(mark)


def escape_brackets(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def rewrite_piece(piece: str | re.Match[str], opened: list[str]) -> str:
    if isinstance(piece, str):
        return piece
    slash, name, attributes = piece[1], piece[2].lower(), piece[3]
    if name in IMAGES:
        return image_as_link(attributes)
    if name not in RAW_TAGS:
        return ""
    if slash:
        return close(name, opened)
    if name not in VOID:
        if len(opened) >= MAX_DEPTH:
            return ""
        opened.append(name)
    return f"<{name}{rewrite_attributes(attributes)}>"


def close(name: str, opened: list[str]) -> str:
    if name not in opened:
        return ""
    closing = ""
    while not closing.endswith(f"</{name}>"):
        closing += f"</{opened.pop()}>"
    return closing


def rewrite_attributes(source: str) -> str:
    named = ((name, value) for name, value in attributes_of(source) if name not in OURS_ALONE)
    return "".join(f' {name}="{escape(value)}"' for name, value in named)


def attributes_of(source: str) -> Iterator[tuple[str, str]]:
    for match in ATTRIBUTE.finditer(source):
        yield match[1].lower(), unescape(match[2] or match[3] or match[4] or "")


def image_as_link(source: str) -> str:
    image = dict(attributes_of(source))
    address, alt = image.get("src", ""), image.get("alt", "")
    if address.lower().startswith(("http://", "https://")):
        return f'<a href="{escape(address)}">{escape(alt or address)}</a>'
    return escape(alt)
