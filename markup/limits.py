"""Limits the work that a source can cost, so that no text blocks the server.

Some constructs cost the parser the square of their length, or a stack frame for each level. A meter
among the parser's rules counts the work and gives up on a text that no person would write; such a
text is then shown as plain paragraphs, so nothing of it is lost.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

# A step takes five to ten microseconds; a post of 1,000 words takes about 600 steps. The limit
# grows with the length of the text, up to a bound.
MAX_STEPS = 50_000
FEWEST_STEPS = 8_000
CHARACTERS_FOR_ONE_STEP_MORE = 6
STEPS_FOR_A_LINE = 2
# A line with such a beginning may define a link, which is read and normalised, or HTML to rewrite.
COSTLY_LINE, STEPS_FOR_A_COSTLY_LINE = ("[", "<"), 8
# Words that are read again: a heading's for its id and the table of contents, a block's for its
# direction.
STEPS_FOR_A_HEADING = 5
STEPS_FOR_A_DIRECTION = 4
# A bracket or tag may make the parser look ahead to the end of the paragraph.
LOOKING_AHEAD = "[!<"
CHARACTERS_FOR_A_STEP = 200
# The parser finds a link or tag there, the most costly things in a line; code costs less.
STEPS_FOR_A_LINK = 3
CODE, STEPS_FOR_CODE = "`", 2
# Each mark is compared with its neighbours and set.
QUOTATION_MARK, MARKS_FOR_A_STEP = re.compile("[\"']"), 2
# An entity is a token, which is later joined with its neighbours.
ENTITY = "&"
# Each star in a row is a token, for which the parser searches a match.
STRESS = re.compile(r"[*_~]+")

# Paragraphs and lines cost time too; above this length a text that is given up is one block.
MAX_IN_PARAGRAPHS = 50_000

MAX_TOKENS = 20_000
FEWEST_TOKENS = 10_000
CHARACTERS_FOR_ONE_TOKEN_MORE = 10
MAX_BLOCK_DEPTH = 48
MAX_INLINE_DEPTH = 100
# Deeper, the parser drops content, so the meter must give up before.
PARSER_NESTING = MAX_BLOCK_DEPTH + 2

STEPS_LEFT, TOKENS_ALLOWED = "steps_left", "tokens_allowed"


class TooIntricateError(Exception):
    """The source would cost too much work."""


def limits(source: str) -> EnvType:
    """Return the meter's limits for the environment in which the source is parsed."""
    steps = FEWEST_STEPS + len(source) // CHARACTERS_FOR_ONE_STEP_MORE
    tokens = FEWEST_TOKENS + len(source) // CHARACTERS_FOR_ONE_TOKEN_MORE
    return {STEPS_LEFT: min(steps, MAX_STEPS), TOKENS_ALLOWED: min(tokens, MAX_TOKENS)}


def limit_work(md: MarkdownIt) -> None:
    """Make the parser raise `TooIntricateError` if a source costs too much."""
    anywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "meter", meter_block, anywhere)
    md.inline.ruler.after("text", "meter", meter_inline)
    md.core.ruler.after("block", "block_limits", check_blocks)
    md.core.ruler.before("text_join", "inline_limits", check_inlines)


def meter_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    costly = state.src.startswith(COSTLY_LINE, begin)
    spend(state.env, STEPS_FOR_A_COSTLY_LINE if costly else STEPS_FOR_A_LINE)
    # A table makes all its cells, even those not typed, before any other rule runs.
    if state.level >= MAX_BLOCK_DEPTH or len(state.tokens) > state.env[TOKENS_ALLOWED]:
        raise TooIntricateError
    return False


def meter_inline(state: StateInline, silent: bool) -> bool:
    steps = 1
    if state.src[state.pos] in LOOKING_AHEAD:
        steps += STEPS_FOR_A_LINK + (state.posMax - state.pos) // CHARACTERS_FOR_A_STEP
    elif state.src[state.pos] == CODE:
        steps += STEPS_FOR_CODE
    elif state.src[state.pos] == ENTITY:
        steps += 1
    elif row := STRESS.match(state.src, state.pos):
        steps += row.end() - state.pos
    spend(state.env, steps)
    return False


def spend(env: EnvType, steps: int) -> None:
    env[STEPS_LEFT] -= steps
    if env[STEPS_LEFT] < 0:
        raise TooIntricateError


def check_blocks(state: StateCore) -> None:
    if len(state.tokens) > state.env[TOKENS_ALLOWED]:
        raise TooIntricateError
    kinds = [token.type for token in state.tokens]
    spend(state.env, kinds.count("heading_open") * STEPS_FOR_A_HEADING)
    if state.env["directions"]:
        spend(state.env, kinds.count("inline") * STEPS_FOR_A_DIRECTION)


def check_inlines(state: StateCore) -> None:
    for token in state.tokens:
        marks = QUOTATION_MARK.findall(token.content) if token.children else ()
        spend(state.env, len(marks) // MARKS_FOR_A_STEP)
        if any(child.level > MAX_INLINE_DEPTH for child in token.children or ()):
            raise TooIntricateError
