"""The beginning of a post that listings show.

It ends at a line `<!-- more -->`; without one it ends at the end of a sentence. It is cut from
the parsed text and not from HTML, so it cannot end inside a tag.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import islice, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.language import Language
from markup.plaintext import line_of, words_of

MARKER = re.compile(r"<!--\s*more\s*-->\s*", re.IGNORECASE)
WANTED_WORDS = 60
ENOUGH_WORDS = 40
MOST_WORDS = 90

WORD = re.compile(r"\S+")
SENTENCE_END = re.compile(r"[.!?…]+[”’“‘»\"')\]]*(?=\s+[“„‘‚«\"'(\[]*(?![a-zß-öø-ÿ])\w)")
LONGEST_ABBREVIATION = 12

WHOLE = ("blockquote_open", "bullet_list_open", "dl_open", "ordered_list_open")
NOT_IN_EXCERPT = ("figure", "footnote_ref", "image")


def excerpt_marker(md: MarkdownIt) -> None:
    """Let the parser note where the author ends the excerpt."""
    md.core.ruler.after("block", "more", mark_more)


def mark_more(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "html_block" and not token.level and MARKER.fullmatch(token.content):
            token.type, token.content, token.hidden = "more", "", True


def cut(tokens: list[Token], language: Language) -> tuple[list[Token], bool]:
    """The tokens of the excerpt, and whether the post goes on after it."""
    body = list(takewhile(lambda token: token.type != "footnote_block_open", tokens))
    marks = [i for i, token in enumerate(body) if token.type == "more"]
    if marks:
        kept, rest = body[: marks[0]], body[marks[0] + 1 :]
        return without_references(kept), any(token.type != "more" for token in rest)
    excerpt = Excerpt(language)
    for block in blocks(body):
        excerpt.add(block)
    return without_references(excerpt.tokens), excerpt.has_more


def blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens in groups, one for each block that stands by itself."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield block
            block = []


def without_references(tokens: list[Token]) -> list[Token]:
    kept = [copy(token) for token in tokens if token.type not in NOT_IN_EXCERPT]
    for token in kept:
        if token.children:
            token.children = [c for c in token.children if c.type not in NOT_IN_EXCERPT]
    return kept


@dataclass
class Excerpt:
    """An excerpt that grows block by block until it says enough."""

    language: Language
    tokens: list[Token] = field(default_factory=list)
    words: int = 0
    full: bool = False
    has_more: bool = False

    def add(self, block: list[Token]) -> None:
        kind = block[0].type
        if self.full or (kind == "heading_open" and self.words):
            self.full = self.has_more = True
        elif kind == "paragraph_open":
            self.add_paragraph(block)
        elif kind in WHOLE and self.words + count(block) <= MOST_WORDS:
            self.take(block, count(block))
        else:
            self.has_more = True
            self.full = kind in WHOLE

    def take(self, block: list[Token], words: int) -> None:
        self.tokens += block
        self.words += words
        self.full = self.words >= ENOUGH_WORDS

    def add_paragraph(self, block: list[Token]) -> None:
        opening, line, closing = block
        text = line_of(line.children or ())
        end, mark = end_of_excerpt(text, WANTED_WORDS - self.words, self.language)
        if not text[end:].strip():
            self.take(block, count(block))
            return
        short = copy(line)
        short.children = shorten(line.children or [], end, mark)
        self.tokens += [opening, short, closing]
        self.full = self.has_more = True


def count(block: list[Token]) -> int:
    return sum(len(line_of(token.children or ()).split()) for token in block)


def end_of_excerpt(text: str, wanted: int, language: Language) -> tuple[int, str]:
    """Where to end, and with what mark.

    After the sentence that ends nearest to the wanted number of words; where none ends, after
    that many words and with an ellipsis.
    """
    words = [word.end() for word in islice(WORD.finditer(text), MOST_WORDS)]
    if len(words) < MOST_WORDS and len(words) <= wanted + ENOUGH_WORDS // 2:
        return len(text), ""
    ends = set(sentence_ends(text[: words[-1] + 2], language))
    at_sentences = [(abs(i - wanted), end) for i, end in enumerate(words, start=1) if end in ends]
    if at_sentences:
        return min(at_sentences)[1], ""
    return words[min(wanted, len(words)) - 1], "…"


def sentence_ends(text: str, language: Language) -> Iterator[int]:
    """The places after each full stop and its like that end a sentence, closing marks included."""
    for match in SENTENCE_END.finditer(text):
        if not (match[0] == "." and ends_abbreviation(text, match.start(), language)):
            yield match.end()


def ends_abbreviation(text: str, at: int, language: Language) -> bool:
    before = text[max(0, at - LONGEST_ABBREVIATION) : at].split()
    word = before[-1].lstrip("([“„‘‚«") if before else ""
    initial = len(word) == 1 and word.isupper()
    ordinal = language.ordinal_dot and word.isdecimal() and len(word) <= 2
    return initial or ordinal or word.lower() in language.abbreviations


def shorten(children: list[Token], end: int, mark: str) -> list[Token]:
    """The tokens up to `end` of their text and the mark, with what is open closed."""
    kept: list[Token] = []
    opened: list[Token] = []
    for token in children:
        if end <= 0:
            break
        kept.append(token)
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0:
            opened.pop()
        said = words_of(token)
        if len(said) > end:
            kept[-1] = copy(token)
            kept[-1].content = said[:end]
        end -= len(said)
    kept.append(Token("text", "", 0, content=mark))
    return [*kept, *(closing_of(token) for token in reversed(opened))]


def closing_of(token: Token) -> Token:
    return Token(token.type.replace("_open", "_close"), token.tag, -1)
