"""The only functions that render a source as HTML, for pages, previews and feeds alike."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from markup.direction import needs_directions
from markup.engine import plain_parser, post_parser, reply_parser
from markup.excerpt import cut
from markup.language import conventions
from markup.limits import MAX_IN_PARAGRAPHS, TooIntricateError, limits
from markup.parts import Picture, Rendered
from markup.plaintext import minutes_to_read, text_of
from markup.sanitise import EXCERPT, NOT_IN_XML, NOTE, REPLY, post_cleaner
from markup.visible import shows_something

NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


def render_post(
    source: str, *, language: str, pictures: Mapping[str, Picture] = NO_PICTURES
) -> Rendered:
    """Render the Markdown of a post.

    CommonMark 0.31.2 with tables, footnotes, definition lists, strikethrough, task lists, bare
    addresses, highlighted code, and the images given by key. `language` is the text's BCP 47 tag.
    Never raises: a source that costs too much becomes plain paragraphs.
    """
    env = environment(source, language, pictures)
    md, tokens = parse(post_parser(), source, env)
    images = {address for p in pictures.values() for address in (p.src, p.srcset)}
    html = post_cleaner(images).clean(md.renderer.render(tokens, md.options, env))
    beginning = cut(tokens, env["language"])
    text = text_of(html)
    return Rendered(
        html=html,
        excerpt_html=EXCERPT.clean(md.renderer.render(beginning.tokens, md.options, env)),
        has_more=beginning.has_more,
        more_label=beginning.label,
        toc=tuple(env.get("toc", ())),
        text=text,
        reading_minutes=minutes_to_read(text, env["language"]),
        taken_out=tuple(env.get("taken_out", ())),
    )


def render_reply(source: str, *, language: str) -> str:
    """Render the Markdown of a reply: emphasis, links, lists, quotations and code only.

    It keeps line breaks, and its links tell search engines not to follow them. Never raises.
    """
    return REPLY.clean(unclean_reply(source, language))


def render_note(source: str, *, language: str) -> str:
    """Render a few sentences by an author, such as a biography: a reply whose links count.

    The HTML has no ids, so that several can be in one page beside a post. Never raises.
    """
    return NOTE.clean(unclean_reply(source, language))


def unclean_reply(source: str, language: str) -> str:
    env = environment(source, language)
    md, tokens = parse(reply_parser(), source, env)
    html: str = md.renderer.render(tokens, md.options, env)
    return html


def picture_keys(source: str) -> list[str]:
    """Return the keys of the library's images in a post, in order, each once."""
    return list(dict.fromkeys(key for key, _alt in picture_uses(source)))


def pictures_without_alt(source: str) -> list[str]:
    """Return the keys of the library's images in a post for which the post gives no alt text."""
    return list(dict.fromkeys(key for key, alt in picture_uses(source) if not shows_something(alt)))


def taken_out(source: str) -> tuple[str, ...]:
    """Return what readers do not see of a post's source, in order, each once.

    The name of an element, such as "script"; "comment"; or "[^a]:" for a footnote without a
    reference, or one with the name of an earlier one.
    """
    if "<" not in source and "[^" not in source:
        return ()
    env = environment(source, "en")
    parse(post_parser(), source, env)
    return tuple(env.get("taken_out", ()))


@lru_cache(maxsize=2)
def picture_uses(source: str) -> Sequence[tuple[str, str]]:
    """Return (key, alt text) of each image of the library in a post, in order.

    Cached: a save asks several times.
    """
    if "![" not in source:
        return []  # every image begins so; most posts have none, and need no second parsing
    env = environment(source, "en")
    parse(post_parser(), source, env)
    uses: list[tuple[str, str]] = env.get("picture_uses", [])
    return uses


def environment(
    source: str, language: str, pictures: Mapping[str, Picture] = NO_PICTURES
) -> EnvType:
    """Return the environment of the parser's rules."""
    return {
        "language": conventions(language),
        **limits(source),
        "directions": needs_directions(source, language),
        "pictures": pictures,
    }


def parse(md: MarkdownIt, source: str, env: EnvType) -> tuple[MarkdownIt, list[Token]]:
    """Return the parser that could parse the source, and the tokens."""
    printable = NOT_IN_XML.sub("", source)
    try:
        return md, md.parse(printable, env)
    except TooIntricateError:
        return plain_parser(), as_typed(printable, env)


def as_typed(source: str, env: EnvType) -> list[Token]:
    """Return the tokens of a source shown as typed: paragraphs, or one block if it is very long."""
    if len(source) <= MAX_IN_PARAGRAPHS:
        return plain_parser().parse(source, env)
    return [Token("code_block", "code", 0, content=source, block=True)]
