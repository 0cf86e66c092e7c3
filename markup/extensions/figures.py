"""The library's images in a text: `![alt](image:KEY "caption")`.

An image alone in its paragraph becomes a figure with caption and credit. An image from elsewhere
becomes a link to it, so that a page requests nothing from another host.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from markup.extensions.typography import set_text
from markup.language import Language
from markup.parts import Picture
from markup.plaintext import line_of

SCHEME = "image:"
# The width of the text (`--measure` and `--gutter` of the style sheet), which an image never exceeds.
SIZES = "(min-width: 768px) 600px, (min-width: 612px) 570px, calc(100vw - 42px)"
LINK_ENDS = ("link_open", "link_close")


def pictures(md: MarkdownIt) -> None:
    """Make the parser place the library's images; `env["pictures"]` maps keys to them."""
    md.core.ruler.push("pictures", place_pictures)
    md.add_render_rule("figure", render_figure)
    md.add_render_rule("image", render_inline)


def place_pictures(state: StateCore) -> None:
    state.env["picture_uses"] = []
    placed: list[Token] = []
    for token in state.tokens:
        placed.append(token)
        if token.type == "inline" and token.children:
            token.children = list(resolve(token.children, state.env))
        elif token.type == "paragraph_close" and (figure := figure_of(placed[-3:])):
            placed[-3:] = [figure]
    state.tokens = placed


def resolve(children: list[Token], env: EnvType) -> Iterator[Token]:
    in_link = 0
    for token in children:
        in_link += token.nesting if token.type in LINK_ENDS else 0
        if token.type == "image":
            yield from resolve_image(token, env, bool(in_link))
        else:
            yield token


def resolve_image(token: Token, env: EnvType, in_link: bool) -> Iterator[Token]:
    """Yield the image if the library has it, else a link to it, else its alt text."""
    alt, address = line_of(token.children or ()), str(token.attrs["src"])
    known: Mapping[str, Picture] = env["pictures"]
    picture = None
    if address.startswith(SCHEME):
        key = address.removeprefix(SCHEME)
        env["picture_uses"].append((key, alt))
        picture = known.get(key)
    if picture:
        yield described(token, picture, alt)
    elif in_link or address.startswith(SCHEME):
        yield words(alt, token)
    else:
        yield Token("link_open", "a", 1, attrs={"href": address}, level=token.level)
        yield words(alt or address, token)
        yield Token("link_close", "a", -1, level=token.level)


def words(content: str, like: Token) -> Token:
    return Token("text", "", 0, content=content, level=like.level)


def described(token: Token, picture: Picture, alt: str) -> Token:
    """Return the token with the author's alt text and caption, or else the library's."""
    token.meta.update(
        picture=picture,
        alt=alt or ("" if picture.decorative else picture.alt),
        caption=str(token.attrs.get("title", "")) or picture.caption,
    )
    return token


def figure_of(paragraph: list[Token]) -> Token | None:
    """Return a figure for a paragraph that is only a library image, linked or not; else None."""
    opening, line, _ = paragraph
    children = [child for child in line.children or () if child.type != "text" or child.content]
    link = ""
    if [child.type for child in children] == ["link_open", "image", "link_close"]:
        link, children = str(children[0].attrs["href"]), children[1:2]
    if opening.hidden or [child.type for child in children] != ["image"]:
        return None
    meta = {**children[0].meta, "link": link}
    return Token("figure", "figure", 0, meta=meta, block=True, level=opening.level)


def render_inline(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return image(tokens[idx])


def render_figure(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    shown = linked_image(tokens[idx], env["language"]) + caption(tokens[idx], env)
    return f'<figure class="figure">{shown}</figure>\n'


def image(token: Token) -> str:
    picture: Picture = token.meta["picture"]
    srcset = f' srcset="{escape(picture.srcset)}" sizes="{SIZES}"' if picture.srcset else ""
    return (
        f'<img src="{escape(picture.src)}"{srcset} width="{picture.width}" '
        f'height="{picture.height}" alt="{escape(token.meta["alt"])}" loading="lazy" '
        'decoding="async">'
    )


def linked_image(token: Token, language: Language) -> str:
    picture: Picture = token.meta["picture"]
    target = token.meta["link"] or picture.full_src
    if not target:
        return image(token)
    name = "" if token.meta["alt"] else f' aria-label="{escape(language.larger_picture)}"'
    return f'<a href="{escape(target)}"{name}>{image(token)}</a>'


def caption(token: Token, env: EnvType) -> str:
    picture: Picture = token.meta["picture"]
    credit = " · ".join(
        linked(name, address)
        for name, address in (
            (picture.credit, picture.credit_url),
            (picture.licence, picture.licence_url),
        )
        if name
    )
    text = escape(set_text(token.meta["caption"], env["language"]))
    parts = (text, f'<span class="credit">{credit}</span>' if credit else "")
    line = " ".join(part for part in parts if part)
    direction = ' dir="auto"' if env["directions"] else ""
    return f"<figcaption{direction}>{line}</figcaption>" if line else ""


def linked(name: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)
