"""What a source may cost, so that no text, however twisted, holds up the server.

Some constructs cost the parser the square of their length, or a stack frame for each level. A
meter among the parser's rules counts the work and gives up on a text that no person would write;
such a text is then shown as plain paragraphs, so that nothing of it is lost.
"""

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

# A step is some ten to twenty microseconds; a post of 1,000 words takes about 600 of them.
MAX_STEPS = 50_000
STEPS_FOR_A_LINE = 2
# A bracket or tag may make the parser look ahead to the end of the paragraph.
LOOKING_AHEAD = "[!<"
CHARACTERS_FOR_A_STEP = 200

# Paragraphs and lines cost something too; a longer source that is given up is shown as one block.
MAX_IN_PARAGRAPHS = 50_000

MAX_TOKENS = 50_000
MAX_BLOCK_DEPTH = 48
MAX_INLINE_DEPTH = 100
# Beyond this the parser drops what it finds, so the meter must give up before.
PARSER_NESTING = MAX_BLOCK_DEPTH + 2

STEPS = "steps"


class TooIntricateError(Exception):
    """The source would cost more than a text is worth."""


def limit_work(md: MarkdownIt) -> None:
    """Make the parser raise `TooIntricateError` where a source is out of all proportion."""
    anywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "meter", meter_block, anywhere)
    md.inline.ruler.after("text", "meter", meter_inline)
    md.core.ruler.after("block", "block_limits", check_blocks)
    md.core.ruler.before("text_join", "inline_limits", check_inlines)


def meter_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    spend(state.env, STEPS_FOR_A_LINE)
    if state.level >= MAX_BLOCK_DEPTH:
        raise TooIntricateError
    return False


def meter_inline(state: StateInline, silent: bool) -> bool:
    ahead = state.posMax - state.pos if state.src[state.pos] in LOOKING_AHEAD else 0
    spend(state.env, 1 + ahead // CHARACTERS_FOR_A_STEP)
    return False


def spend(env: EnvType, steps: int) -> None:
    env[STEPS] = env.get(STEPS, 0) + steps
    if env[STEPS] > MAX_STEPS:
        raise TooIntricateError


def check_blocks(state: StateCore) -> None:
    if len(state.tokens) > MAX_TOKENS:
        raise TooIntricateError


def check_inlines(state: StateCore) -> None:
    for token in state.tokens:
        if any(child.level > MAX_INLINE_DEPTH for child in token.children or ()):
            raise TooIntricateError
