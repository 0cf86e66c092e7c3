"""Footnotes: `[^name]` in the text, `[^name]: the note` anywhere; the notes come last."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from markup.language import Language

DEFINITION = re.compile(r"\[\^([^ \]]+)\]:")
# A name that no note can have.
SECOND = " "
REFERENCE = re.compile(r"\[\^[^\s\]]{1,100}\]")


def footnotes(md: MarkdownIt) -> None:
    """Make the parser read Pandoc's footnotes, without inline notes."""
    md.use(footnote_plugin, inline=False)
    md.block.ruler.at("footnote_def", definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.at("footnote_ref", reference)
    md.core.ruler.after("inline", "unused_footnotes", note_unused)
    md.add_render_rule("footnote_ref", render_reference)
    md.add_render_rule("footnote_block_open", render_section_open)
    md.add_render_rule("footnote_block_close", render_section_close)
    md.add_render_rule("footnote_open", render_note_open)
    md.add_render_rule("footnote_anchor", render_way_back)


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a note. Of two with one name the first counts, as with link definitions."""
    at = len(state.tokens)
    name = DEFINITION.match(state.src, state.bMarks[start] + state.tShift[start])
    known = name and f":{name[1]}" in state.env.get("footnotes", {}).get("refs", ())
    found = footnote_def(state, start, end, silent)
    if name and known and found and not silent:
        state.tokens[at].meta["label"] = SECOND
        state.env.setdefault("taken_out", {})[f"[^{name[1]}]:"] = None
    return found


def note_unused(state: StateCore) -> None:
    """Add to `env["taken_out"]` the notes without a reference, which are not shown."""
    taken_out = state.env.setdefault("taken_out", {})
    for name, number in state.env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            taken_out[f"[^{name.removeprefix(':')}]:"] = None


def reference(state: StateInline, silent: bool) -> bool:
    # A check first: at every bracket the plugin searches the whole paragraph for the closing one.
    return bool(REFERENCE.match(state.src, state.pos)) and footnote_ref(state, silent)


def numbers(token: Token) -> tuple[int, str]:
    """Return the note's number and the id of this reference to it."""
    number = token.meta["id"] + 1
    again = token.meta.get("subId", 0)
    return number, f"fn-ref-{number}" + (f"-{again + 1}" if again else "")


def render_reference(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    number, here = numbers(tokens[idx])
    return (
        f'<sup class="footnote-ref"><a href="#fn-{number}" id="{here}" role="doc-noteref">'
        f"{number}</a></sup>"
    )


def render_section_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    language: Language = env["language"]
    label = language.footnotes
    return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}">\n<ol>\n'


def render_section_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</ol>\n</section>\n"


def render_note_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<li id="fn-{numbers(tokens[idx])[0]}">'


def render_way_back(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    language: Language = env["language"]
    return (
        f' <a class="footnote-back" href="#{numbers(tokens[idx])[1]}" role="doc-backlink" '
        # The variation selector after the arrow keeps phones from showing an emoji.
        f'aria-label="{language.back_to_text}">↩\ufe0e</a>'
    )
