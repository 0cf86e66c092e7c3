"""Highlights blocks of code on the server, so that browsers run no script for it."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Characters. Longer code is not highlighted, because some lexers backtrack.
MAX_HIGHLIGHTED = 20_000
NAME = re.compile(r"[A-Za-z0-9_+#.-]{1,40}")
SPANS = HtmlFormatter(nowrap=True)


def code_blocks(md: MarkdownIt) -> None:
    """Make the parser frame blocks of code and highlight those that name their language."""
    md.add_render_rule("fence", render_fence)
    md.add_render_rule("code_block", render_plain)


def plain_code_blocks(md: MarkdownIt) -> None:
    """Make the parser frame blocks of code without highlighting."""
    md.add_render_rule("fence", render_plain)
    md.add_render_rule("code_block", render_plain)


def render_fence(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    name = NAME.match(tokens[idx].info.strip())
    return frame(tokens[idx].content, name[0].lower() if name else "", env)


def render_plain(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return frame(tokens[idx].content, "", env)


def frame(code: str, name: str, env: EnvType) -> str:
    direction = ' dir="ltr"' if env["directions"] else ""
    language = f' class="language-{name}"' if name else ""
    return f'<pre class="code" tabindex="0"{direction}><code{language}>{spans(code, name)}</code></pre>\n'


def spans(code: str, name: str) -> str:
    lexer = lexer_for(name) if name and len(code) <= MAX_HIGHLIGHTED else None
    return highlight(code, lexer, SPANS) if lexer else escapeHtml(code)


def lexer_for(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
