"""Computes the depth of each line of a template, by the open elements and template tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.shaping.tokens import VOID, Token, names_with_end

STEP = 2
MIDDLE = {"else", "elif", "empty", "plural"}


@dataclass
class Standing:
    """The open elements and tags, with their lines: everything opened in one line is one step."""

    with_end: set[str]
    opened: list[tuple[str, int]] = field(default_factory=list)
    branches: list[list[tuple[str, int]]] = field(default_factory=list)

    def copy(self) -> Standing:
        return Standing(self.with_end, [*self.opened], [*self.branches])

    def depth(self) -> int:
        return len({line for _name, line in self.opened})

    def take(self, token: Token, line: int) -> None:
        if token.kind == "close":
            self.leave(token.name)
        elif token.kind == "end" and token.name not in VOID and token.text == ">":
            self.opened.append((token.name, line))
        elif token.kind == "tag" and token.place == "text":
            self.take_tag(token.name, line)

    def take_tag(self, name: str, line: int) -> None:
        """Take a template tag; what one branch leaves open is not open in the next."""
        if name.startswith("end"):
            self.leave(f"%{name[3:]}")
            self.branches = self.branches[:-1]
        elif name in MIDDLE and self.branches:
            self.opened = [*self.branches[-1]]
        elif name in self.with_end:
            self.opened.append((f"%{name}", line))
            self.branches = [*self.branches, [*self.opened]]

    def leave(self, name: str) -> None:
        for place in reversed(range(len(self.opened))):
            if self.opened[place][0] == name:
                del self.opened[place]
                return

    def depth_of(self, line: list[Token], number: int) -> int:
        """Return the line's depth; what it closes at its start no longer counts."""
        before = self.copy()
        for token in line:
            if token.kind == "tag" and token.name in MIDDLE and before.branches:
                before.opened = before.branches[-1][:-1]
                break
            if not is_end(token):
                break
            before.take(token, number)
        return before.depth()


def is_end(token: Token) -> bool:
    return token.kind == "close" or (token.kind == "tag" and token.name.startswith("end"))


def lines_of(tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """Yield each line's indentation and its tokens."""
    standing, of_element = Standing(names_with_end(tokens)), 0
    for number, line in enumerate(split(tokens)):
        if line and line[0].place != "text":
            is_words = line[0].is_trimmed and line[0].name not in {"endblocktranslate", "plural"}
            indent = of_element + STEP * (3 if is_words else 2)
        else:
            indent = STEP * standing.depth_of(line, number)
        for token in line:
            of_element = indent if token.kind == "open" else of_element
            standing.take(token, number)
        yield indent, line


def split(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if token.kind == "line":
            lines.append([])
    return lines
