"""Splits a template into tokens that may be moved, may be broken, or stay as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

VOID = set("area base br col embed hr img input link meta source track wbr path".split())
KEPT = {"pre", "textarea", "script", "style"}

TAG = r"(?P<tag>\{%.*?%\})"
VALUE = r"(?P<value>\{\{.*?\}\}|\{\#.*?\#\})"
SPACE = r"(?P<line>[ \t]*\n\s*)|(?P<space>[ \t]+)"


def pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.DOTALL | re.IGNORECASE)


IN_TEXT = pattern(
    r"(?P<kept>\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|<!--.*?-->)|(?P<doctype><!doctype[^>]*>)",
    *(TAG, VALUE, SPACE),
    r"(?P<close></[\w:-]+\s*>)|(?P<open><[a-z][\w:-]*)|(?P<word>[^\s<{]+|[<{])",
)
IN_ELEMENT = pattern(
    TAG, VALUE, SPACE, r"""(?P<end>/?>)|(?P<quote>["'])|(?P<word>[^\s"'>{/]+|[{/])"""
)
IN_QUOTES = {
    mark: pattern(TAG, VALUE, rf"(?P<quote>{mark})|(?P<kept>(?:[^{mark}{{]|\{{(?![%{{]))+)")
    for mark in "\"'"
}
IN_TRIMMED = pattern(TAG, VALUE, SPACE, r"(?P<word>[^\s{]+|\{)")
END_OF_TRANSLATION = re.compile(r"\{%\s*endblocktranslate\s*%\}")


@dataclass
class Token:
    kind: str
    text: str
    place: str = "text"  # or in an "element", or in the "quotes" of an attribute
    is_trimmed: bool = False  # in a translation whose lines are joined before it is looked up
    name: str = ""  # of an element or a template tag


class Mode(NamedTuple):
    """The state of a `Reader`."""

    place: str = "text"
    element: str = ""
    mark: str = ""
    is_trimmed: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        if self.is_trimmed:
            return IN_TRIMMED
        return {"text": IN_TEXT, "element": IN_ELEMENT}.get(self.place) or IN_QUOTES[self.mark]


@dataclass
class Reader:
    source: str
    position: int = 0
    mode: Mode = field(default_factory=Mode)
    tokens: list[Token] = field(default_factory=list)

    def read(self) -> list[Token]:
        while self.position < len(self.source):
            found = self.mode.pattern.match(self.source, self.position)
            if found is None:
                raise ValueError(f"not understood: {self.source[self.position :][:40]!r}")
            self.position = found.end()
            token = Token(str(found.lastgroup), found[0], self.mode.place, self.mode.is_trimmed)
            self.tokens.append(token)
            if reading := getattr(self, f"read_{token.kind}", None):
                reading(token)
        return self.tokens

    def read_tag(self, token: Token) -> None:
        token.name = token.text[2:-2].split()[0]
        if token.name == "endblocktranslate":
            self.mode = self.mode._replace(is_trimmed=False)
        elif token.name == "blocktranslate" and "trimmed" in token.text.split():
            self.mode = self.mode._replace(is_trimmed=True)
        elif token.name == "blocktranslate":
            token.kind = "kept"
            token.text += self.take_to(END_OF_TRANSLATION, and_it=True)

    def read_kept(self, token: Token) -> None:
        token.name = "comment" if token.text.startswith("{%") else ""

    def read_open(self, token: Token) -> None:
        token.name = token.text[1:].lower()
        self.mode = Mode("element", token.name)

    def read_close(self, token: Token) -> None:
        token.name = token.text[2:-1].strip().lower()

    def read_end(self, token: Token) -> None:
        token.name, self.mode = self.mode.element, Mode()
        if token.name in KEPT:
            inside = self.take_to(re.compile(f"</{token.name}", re.IGNORECASE))
            self.tokens += [Token("kept", inside)] if inside else []

    def read_quote(self, token: Token) -> None:
        is_end = self.mode.place == "quotes"
        place = "element" if is_end else "quotes"
        self.mode = self.mode._replace(place=place, mark="" if is_end else token.text)

    def take_to(self, pattern: re.Pattern[str], *, and_it: bool = False) -> str:
        found = pattern.search(self.source, self.position)
        if found is None:
            raise ValueError(f"without an end: {self.source[self.position :][:40]!r}")
        start, self.position = self.position, found.end() if and_it else found.start()
        return self.source[start : self.position]


def read(source: str) -> list[Token]:
    return Reader(source).read()


def line_break(near: Token) -> Token:
    return replace(near, kind="line", text="\n", name="")


def names_with_end(tokens: list[Token]) -> set[str]:
    """Return the names of the template tags that have an end tag."""
    return {token.name[3:] for token in tokens if token.kind == "tag" and token.name[:3] == "end"}
