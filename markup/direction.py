"""Gives each block its direction, in a text that may be written from right to left.

Paragraphs and similar blocks get `dir="auto"`, for which browsers use the first letter. Browsers
skip blocks inside that have their own direction, so lists, quotations and tables get theirs here. A
text without letters of such scripts, in a language that uses none, is unchanged.
"""

import re
import unicodedata
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Hebrew to Arabic Extended, their presentation forms, and the planes' blocks of such scripts.
RTL_LETTER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
RTL_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa yezi".split())
RTL_LANGUAGES = frozenset("ar arc ckb dv fa he iw ji lrc mzn nqo prs ps sd syr ug ur yi".split())
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}

LINES = ("dt_open", "heading_open", "td_open", "th_open")
FRAMES = ("blockquote", "bullet_list", "dl", "ordered_list", "table")
OPENINGS = frozenset(f"{name}_open" for name in FRAMES)
CLOSINGS = frozenset(f"{name}_close" for name in FRAMES)


def is_rtl(code: str) -> bool:
    """Return whether a language, given by its BCP 47 tag, is written from right to left."""
    language, *others = re.split("[-_]", code.lower())
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return script in RTL_SCRIPTS if script else language in RTL_LANGUAGES


def needs_directions(source: str, language: str) -> bool:
    """Return whether blocks of a text may differ in direction from each other or from the page."""
    return is_rtl(language) or bool(RTL_LETTER.search(source))


def directions(md: MarkdownIt) -> None:
    """Make the parser give blocks a direction; `env["directions"]` says whether they need one."""
    md.core.ruler.push("directions", set_directions)


def set_directions(state: StateCore) -> None:
    if state.env["directions"]:
        mark_lines(state.tokens)
        mark_frames(state.tokens)


def mark_lines(tokens: list[Token]) -> None:
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type in LINES or (token.type == "paragraph_open" and not token.hidden):
            token.attrSet("dir", "auto")
        elif token.type == "paragraph_open" and before.nesting > 0:  # in a list without blank lines
            before.attrSet("dir", "auto")


def mark_frames(tokens: list[Token]) -> None:
    undecided: list[Token] = []
    for token in tokens:
        if token.type in OPENINGS:
            undecided.append(token)
        elif token.type in CLOSINGS:
            undecided = undecided[:-1]
        elif undecided and (direction := direction_of(token)):
            for frame in undecided:
                frame.attrSet("dir", direction)
            undecided = []


def direction_of(line: Token) -> str | None:
    """Return the direction of the line's first letter."""
    found = (STRONG.get(unicodedata.bidirectional(sign)) for sign in line.content)
    return next(filter(None, found), None)
