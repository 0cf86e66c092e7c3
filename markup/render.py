"""The one way from a source to HTML, for pages, previews and feeds alike."""

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
    addresses, highlighted code, and the pictures given by key. `language` is the BCP 47 tag of
    the text. Never raises: a source that is out of all proportion comes out as plain paragraphs.
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
    """Render the Markdown of a reply: emphasis, links, lists, quotations and code, no more.

    Line breaks are kept, links tell search engines not to follow them. Never raises.
    """
    return REPLY.clean(unclean_reply(source, language))


def render_note(source: str, *, language: str) -> str:
    """Render a few sentences from the house itself, as a biography: a reply whose links count.

    It has no ids, so that several can stand in one page beside a post. Never raises.
    """
    return NOTE.clean(unclean_reply(source, language))


def unclean_reply(source: str, language: str) -> str:
    env = environment(source, language)
    md, tokens = parse(reply_parser(), source, env)
    html: str = md.renderer.render(tokens, md.options, env)
    return html


def picture_keys(source: str) -> list[str]:
    """The keys of the library's pictures that a post uses, in order, each once."""
    return list(dict.fromkeys(key for key, _alt in picture_uses(source)))


def pictures_without_alt(source: str) -> list[str]:
    """The keys of those of which the post itself does not say what they show."""
    return list(dict.fromkeys(key for key, alt in picture_uses(source) if not shows_something(alt)))


def taken_out(source: str) -> tuple[str, ...]:
    """What of a post's source readers do not see, in order, each once.

    The name of an element, such as "script"; "comment"; or "[^a]:" for a footnote that nothing leads
    to, or a second one with the name of another.
    """
    if "<" not in source and "[^" not in source:
        return ()
    env = environment(source, "en")
    parse(post_parser(), source, env)
    return tuple(env.get("taken_out", ()))


@lru_cache(maxsize=2)
def picture_uses(source: str) -> Sequence[tuple[str, str]]:
    """(key, alt text) of each picture of the library in a post, in order.

    A save asks for them several times.
    """
    if "![" not in source:
        return []  # what every picture begins with; most posts have none, and need no second parsing
    env = environment(source, "en")
    parse(post_parser(), source, env)
    uses: list[tuple[str, str]] = env.get("picture_uses", [])
    return uses


def environment(
    source: str, language: str, pictures: Mapping[str, Picture] = NO_PICTURES
) -> EnvType:
    """What the rules of the parser ask for."""
    return {
        "language": conventions(language),
        **limits(source),
        "directions": needs_directions(source, language),
        "pictures": pictures,
    }


def parse(md: MarkdownIt, source: str, env: EnvType) -> tuple[MarkdownIt, list[Token]]:
    """The tokens of a source, and the parser that could make them."""
    printable = NOT_IN_XML.sub("", source)
    try:
        return md, md.parse(printable, env)
    except TooIntricateError:
        return plain_parser(), as_typed(printable, env)


def as_typed(source: str, env: EnvType) -> list[Token]:
    """The tokens of a source that is shown unread: paragraphs, or one block if it is very long."""
    if len(source) <= MAX_IN_PARAGRAPHS:
        return plain_parser().parse(source, env)
    return [Token("code_block", "code", 0, content=source, block=True)]
