"""Sets quotation marks, apostrophes, dashes and ellipses as in print.

The author types ' " -- --- and ...; the result has the marks of the text's language. Every function
here takes time in proportion to the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.language import Language

APOSTROPHE = "’"
STRAIGHT = re.compile("[\"']")
TYPED = re.compile(r"[\"']|--|\.\.\.")
ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
EM_DASH = re.compile(r"(?<!-)---(?!-)")
EN_DASH = re.compile(r"(?<=\s)--(?=\s)|(?<=\w)--(?=[\w\"'])|(?<=\w[\"'])--(?=[\w\"'])")
WORD_AFTER_APOSTROPHE = re.compile(r"'([^\W_]+)\b(')?")
# A word with an apostrophe at each end, as in rock 'n' roll.
BETWEEN_APOSTROPHES = re.compile(r"'n'(?!\w)", re.IGNORECASE)
YEAR = re.compile(r"\d\d(?:s|er|ers)?")
BEFORE_AN_OPENING = frozenset("([{-–—/«»\u2026")
# Signs that also come before an opening mark at a word, as in x="y".
BEFORE_AN_OPENING_WORD = frozenset("=+:")
# Unicode's categories of punctuation, without signs that begin a sentence.
AFTER_A_CLOSING = frozenset(["Pd", "Pe", "Pf", "Po"])
OPENS_A_SENTENCE = frozenset("¿¡")
# Replaces what must not change: code, an image, an escaped mark.
SOMETHING = "x"


def set_inline(state: StateCore) -> None:
    """Parser rule: set the text of every paragraph, heading and cell."""
    language: Language = state.env["language"]
    for token in state.tokens:
        if token.type == "inline" and token.children and TYPED.search(token.content):
            set_children(token.children, language)


def set_text(text: str, language: Language) -> str:
    """Return a line of plain text, such as a caption, with its marks set."""
    return Setter(set_dashes(text), language).set()


def set_children(children: list[Token], language: Language) -> None:
    ours = list(running_text(children))
    for token in ours:
        token.content = set_dashes(token.content)
    mine = {id(token) for token in ours}
    line = [token.content if id(token) in mine else stand_in(token) for token in children]
    done = Setter("".join(line), language).set()
    start = 0
    for token, piece in zip(children, line, strict=True):
        if id(token) in mine:
            token.content = done[start : start + len(piece)]
        start += len(piece)


def running_text(children: list[Token]) -> Iterator[Token]:
    """Yield the text tokens, except those of bare addresses."""
    in_address = False
    for token in children:
        if token.info == "auto":
            in_address = token.nesting > 0
        elif token.type == "text" and not in_address:
            yield token


def stand_in(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "text_special":
        return STRAIGHT.sub(SOMETHING, token.content)
    return SOMETHING if token.content and token.type != "html_inline" else ""


def set_dashes(text: str) -> str:
    return EN_DASH.sub("–", EM_DASH.sub("—", ELLIPSIS.sub("…", text)))


def ends_quotation(after: str) -> bool:
    """Return whether the sign after a mark is a space or punctuation that follows a quotation."""
    if after.isspace():
        return True
    return unicodedata.category(after) in AFTER_A_CLOSING and after not in OPENS_A_SENTENCE


@dataclass
class Setter:
    """A line of text in which each straight quotation mark is replaced by one sign."""

    text: str
    language: Language
    marks: list[str] = field(init=False)
    opened: list[int] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=lambda: {"'": 0, '"': 0})

    def __post_init__(self) -> None:
        self.marks = list(self.text)

    def set(self) -> str:
        """Return the text with its marks set; its length is unchanged."""
        for match in STRAIGHT.finditer(self.text):
            self.place(match.start(), match[0])
        while self.opened:
            self.forget(self.opened.pop())
        return "".join(self.marks)

    def place(self, at: int, mark: str) -> None:
        before = self.marks[at - 1] if at else " "
        after = self.text[at + 1 : at + 2] or " "
        if self.is_apostrophe(at, mark, before, after):
            self.marks[at] = APOSTROPHE
        elif self.waiting[mark] and ends_quotation(after):
            self.close(at, mark)
        elif self.may_open(before, after):
            self.open(at, mark)
        elif self.waiting[mark]:
            self.close(at, mark)
        elif mark == "'" and not before.isspace():
            self.marks[at] = APOSTROPHE
        elif not before.isalnum() and not before.isspace() and ends_quotation(after):
            self.marks[at] = self.language.quotes.double_close

    def is_apostrophe(self, at: int, mark: str, before: str, after: str) -> bool:
        if mark != "'":
            return False
        if BETWEEN_APOSTROPHES.match(self.text, at) or self.ends_word_between(at):
            return True
        if not after.isalnum() or before.isalnum():
            return after.isalnum()
        word = WORD_AFTER_APOSTROPHE.match(self.text, at)
        return bool(word and self.may_open(before, after) and self.is_elision(word))

    def ends_word_between(self, at: int) -> bool:
        return self.marks[at - 2 : at - 1] == [APOSTROPHE] and bool(
            BETWEEN_APOSTROPHES.match(self.text, at - 2)
        )

    def is_elision(self, word: re.Match[str]) -> bool:
        """Return whether a word begins with an apostrophe; a mark at its end mostly makes a quotation."""
        if word[2] and not self.waiting["'"]:
            return False
        return word[1].lower() in self.language.elisions or bool(YEAR.fullmatch(word[1]))

    def may_open(self, before: str, after: str) -> bool:
        quotes = self.language.quotes
        room = before.isspace() or before in BEFORE_AN_OPENING
        room = room or (after.isalnum() and before in BEFORE_AN_OPENING_WORD)
        return not after.isspace() and (room or before in (quotes.double_open, quotes.single_open))

    def open(self, at: int, mark: str) -> None:
        quotes = self.language.quotes
        self.marks[at] = quotes.single_open if mark == "'" else quotes.double_open
        self.opened.append(at)
        self.waiting[mark] += 1

    def close(self, at: int, mark: str) -> None:
        quotes = self.language.quotes
        while self.text[opening := self.opened.pop()] != mark:
            self.forget(opening)
        self.waiting[mark] -= 1
        self.marks[at] = quotes.single_close if mark == "'" else quotes.double_close

    def forget(self, at: int) -> None:
        """Handle a mark that is never closed: an apostrophe, or a quotation across paragraphs."""
        self.waiting[self.text[at]] -= 1
        if self.text[at] == "'":
            self.marks[at] = APOSTROPHE
