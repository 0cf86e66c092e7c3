"""Tables in a frame that scrolls, also by keyboard, with alignment by class."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from markup.language import Language

# The parser aligns by a style attribute, which the content security policy forbids.
ALIGNMENTS = {
    "text-align:left": "align-left",
    "text-align:center": "align-center",
    "text-align:right": "align-right",
}


def framed_tables(md: MarkdownIt) -> None:
    """Make the parser read the tables of GitHub Flavored Markdown."""
    md.enable("table")
    md.core.ruler.before("text_join", "tables", mark_tables)
    md.add_render_rule("table_open", render_open)
    md.add_render_rule("table_close", render_close)


def mark_tables(state: StateCore) -> None:
    number = 0
    for token in state.tokens:
        if token.type == "table_open":
            number += 1
            token.meta["number"] = number
        elif token.type in ("th_open", "td_open"):
            mark_cell(token)


def mark_cell(token: Token) -> None:
    if (alignment := token.attrs.pop("style", None)) is not None:
        token.attrSet("class", ALIGNMENTS[str(alignment)])
    if token.tag == "th":
        token.attrSet("scope", "col")


def render_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    language: Language = env["language"]
    label = f"{language.table} {tokens[idx].meta['number']}"
    direction = tokens[idx].attrGet("dir")
    table = f'<table dir="{direction}">' if direction else "<table>"
    return f'<div class="table" role="group" tabindex="0" aria-label="{label}">\n{table}\n'


def render_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table>\n</div>\n"
