"""The excerpt of a post, which listings show.

It ends at `<!-- more -->`, on its own line or within one; without it, at the end of a sentence. It
is cut from the parser's tokens and not from HTML, so it cannot end inside a tag.
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import islice, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.language import Language, ends_abbreviation
from markup.plaintext import (
    MOST_CHARACTERS,
    WORD,
    count_words,
    line_of,
    text_of,
    words_of,
    words_of_block,
)

MARKER = re.compile(r"<!--\s*more(?:\s+([^<>]*?))?\s*-->", re.IGNORECASE)
LONGEST_LABEL = 100
WANTED_WORDS = 60
ENOUGH_WORDS = 40
MOST_WORDS = 90

SENTENCE_END = re.compile(
    r"[.!?…]+[”’“‘»\"')\]]*(?=\s+[“„‘‚«\"'(\[]*(?![a-zß-öø-ÿ])\w)|[。｡！？]+[」』）”’]*"
)

PARAGRAPH = (
    Token("paragraph_open", "p", 1, block=True),
    Token("paragraph_close", "p", -1, block=True),
)
WHOLE = ("blockquote_open", "bullet_list_open", "dl_open", "ordered_list_open")
NOT_IN_EXCERPT = ("figure", "footnote_ref", "image")
SEEN = ("figure", "footnote_ref", "hr", "image", "task_box")


@dataclass
class Beginning:
    """An excerpt's tokens, whether the post goes on, and the author's label for the rest."""

    tokens: list[Token]
    has_more: bool
    label: str = ""


def excerpt_marker(md: MarkdownIt) -> None:
    """Make the parser mark where the author ends the excerpt."""
    md.core.ruler.after("block", "more", mark_in_blocks)
    md.core.ruler.after("inline", "more_in_lines", mark_in_lines)


def mark_in_blocks(state: StateCore) -> None:
    state.tokens = [part for token in state.tokens for part in parted(token, state)]


def parted(block: Token, state: StateCore) -> Iterator[Token]:
    """Yield a block of HTML in two parts around a marker; any other block unchanged."""
    is_html = block.type == "html_block" and not block.level
    found = MARKER.search(block.content) if is_html else None
    if found is None:
        yield block
        return
    before, after = block.content[: found.start()], block.content[found.end() :]
    if before.strip():
        yield replaced(block, before)
    yield marker(found)
    if before.strip():
        yield replaced(block, after)
    else:  # only the marker made this line a block of HTML
        rest: list[Token] = []
        state.md.block.parse(after, state.md, state.env, rest)
        yield from rest


def mark_in_lines(state: StateCore) -> None:
    """Mark markers in lines; one counts only in a paragraph at the top level."""
    for token in state.tokens:
        if token.type == "inline" and token.level == 1 and "<!--" in token.content:
            token.children = [marker_or(child) for child in token.children or ()]


def marker_or(child: Token) -> Token:
    found = MARKER.fullmatch(child.content) if child.type == "html_inline" else None
    return marker(found) if found else child


def marker(found: re.Match[str]) -> Token:
    return Token(
        "more", "", 0, hidden=True, info=" ".join((found[1] or "").split())[:LONGEST_LABEL]
    )


def replaced(token: Token, content: str) -> Token:
    part = copy(token)
    part.content = content
    return part


def cut(tokens: list[Token], language: Language) -> Beginning:
    """Return the excerpt: up to the author's marker, else up to enough words."""
    body = list(takewhile(lambda token: token.type != "footnote_block_open", tokens))
    return cut_at_marker(body) or cut_at_sentence(body, language)


def cut_at_marker(body: list[Token]) -> Beginning | None:
    for i, token in enumerate(body):
        if token.type == "more":
            return beginning(body[:i], body[i + 1 :], token.info)
        children = token.children or []
        for j, child in enumerate(children):
            if child.type == "more":
                before, after = copy(token), copy(token)
                before.children, after.children = closed(children[:j]), children[j + 1 :]
                kept = [*body[:i], before, body[i + 1]]
                return beginning(kept, [after, *body[i + 1 :]], child.info)
    return None


def beginning(kept: list[Token], rest: list[Token], label: str) -> Beginning | None:
    """Return the tokens before a marker as the excerpt; None if they show nothing."""
    if not any(map(shows, kept)):
        return None
    has_more = any(map(shows, rest))
    return Beginning(without_references(kept), has_more, label if has_more else "")


def cut_at_sentence(body: list[Token], language: Language) -> Beginning:
    excerpt = Excerpt(language)
    seen = [block for block in blocks(body) if any(map(shows, block))]
    for block in seen:
        excerpt.add(block)
    if seen and not excerpt.tokens:
        excerpt.take_words(seen)
    return Beginning(without_references(excerpt.tokens), excerpt.has_more)


def shows(token: Token) -> bool:
    """Return whether readers see anything of a token, its children or its HTML."""
    if token.children is not None:
        return any(map(shows, token.children))
    if token.type in SEEN:
        return True
    if token.type.startswith("html_"):
        return "<hr" in token.content or bool(text_of(token.content))
    return bool(token.content.strip())


def blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each top-level block."""
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
    """An excerpt to which blocks are added until it has enough words."""

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
            self.tokens += block
            self.words += count(block)
            self.full = self.words >= ENOUGH_WORDS
        elif kind in WHOLE and not self.words:
            self.add_beginning(block)
        else:
            self.has_more = True
            self.full = kind in WHOLE

    def add_paragraph(self, block: list[Token]) -> None:
        opening, line, closing = block
        self.tokens += [opening, self.shortened(line), closing]

    def shortened(self, line: Token) -> Token:
        """Return the line, or as much of it as fits."""
        text = line_of(line.children or ())
        end, mark = end_of_excerpt(text, WANTED_WORDS - self.words, self.language)
        self.words += count_words(text[:end])
        if not text[end:].strip():
            self.full = self.words >= ENOUGH_WORDS
            return line
        self.full = self.has_more = True
        short = copy(line)
        short.children = shorten(line.children or [], end, mark)
        return short

    def add_beginning(self, block: list[Token]) -> None:
        """Add enough of a long quotation or list, and close what is open."""
        kept: list[Token] = []
        for token in block:
            if self.full and token.nesting >= 0:
                break
            kept.append(self.shortened(token) if token.type == "inline" else token)
        self.tokens += closed(kept)
        self.full = self.has_more = True

    def take_words(self, seen: list[list[Token]]) -> None:
        """Take the first words of a text in which no block can be in an excerpt."""
        kinds = [block[0].type for block in seen]
        said = " ".join(words_of_block(block) for block in seen)[:MOST_CHARACTERS]
        words = Token("text", "", 0, content=" ".join(said.split()))
        if words.content:
            self.has_more = kinds != ["html_block"] and set(kinds) != {"heading_open"}
            line = Token("inline", "", 0, children=[words], level=1)
            self.add_paragraph([PARAGRAPH[0], line, PARAGRAPH[1]])


def count(block: list[Token]) -> int:
    return sum(count_words(line_of(token.children or ())) for token in block)


def end_of_excerpt(text: str, wanted: int, language: Language) -> tuple[int, str]:
    """Return where the excerpt ends in the text, and the mark to add.

    It ends after the sentence whose end is nearest to the wanted number of words; without one,
    after that number of words, with an ellipsis.
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
    """Yield the place after each sentence's end, closing marks included."""
    for match in SENTENCE_END.finditer(text):
        if not (match[0] == "." and ends_abbreviation(text, match.start(), language)):
            yield match.end()


def shorten(children: list[Token], end: int, mark: str) -> list[Token]:
    """Return the tokens up to `end` of their text, with the mark, and close what is open."""
    kept: list[Token] = []
    for token in children:
        if end <= 0:
            break
        said = words_of(token)
        kept.append(token if len(said) <= end else replaced(token, said[:end]))
        end -= len(said)
    return closed(kept, [Token("text", "", 0, content=mark)])


def closed(tokens: list[Token], last: Iterable[Token] = ()) -> list[Token]:
    """Return the tokens and the last ones, and close what is still open after them."""
    opened: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0:
            opened.pop()
    return [*tokens, *last, *map(closing_of, reversed(opened))]


def closing_of(token: Token) -> Token:
    end = copy(token)
    end.type, end.nesting, end.attrs = token.type.replace("_open", "_close"), -1, {}
    return end
