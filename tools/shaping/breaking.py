"""Breaks lines of templates that are too long, without a visible change of the page."""

from __future__ import annotations

import re
from dataclasses import replace

from tools.shaping.indenting import MIDDLE, is_end, lines_of
from tools.shaping.seams import Seams
from tools.shaping.tokens import VOID, Token, line_break, names_with_end, read

WIDTH = 119
LOOKED_UP = re.compile(
    r"""\{%\s*translate\s+(?P<mark>["'])(?P<text>(?:(?!(?P=mark))[^%\\])+)(?P=mark)"""
    r"""(?P<more>\s+context\s+"[^"]*")?\s*%\}"""
)
ON_ONE_LINE = re.compile(
    r"\{%\s*blocktranslate(?P<more>(?:(?!\btrimmed\b).)*?)\s*%\}"
    r"(?P<text>\S|\S[^\n]*?\S)\{%\s*endblocktranslate\s*%\}"
)


def shaped(source: str) -> str:
    """Return the template with indented lines that are as short as possible."""
    tokens = read(source)
    while shorter := with_one_line_shorter(tokens):
        tokens = shorter
    written = []
    for indent, line in lines_of(tokens):
        blank = "\n" if line and line[-1].text.count("\n") > 1 and line[-1].kind == "line" else ""
        text = text_of(line)
        written.append(f"{' ' * indent}{text}".rstrip() + f"\n{blank}" if text else blank)
    return "".join(written).rstrip("\n") + "\n"


def with_one_line_shorter(tokens: list[Token]) -> list[Token] | None:
    """Return the tokens with the first long line broken once; None if no long line can be broken."""
    start = 0
    for indent, line in lines_of(tokens):
        if indent + width_of(line) > WIDTH:
            long = LongLine(tokens, start, len(line), indent)
            if shorter := long.shorter():
                return shorter
        start += len(line)
    return None


def text_of(line: list[Token]) -> str:
    return "".join(token.text for token in line if token.kind != "line")


def width_of(line: list[Token]) -> int:
    """Return the width; tokens that stay as they are count by their first and last lines."""
    ends = [
        "\n".join(token.text.split("\n")[:: len(token.text.split("\n")) - 1 or 1]) for token in line
    ]
    return max(map(len, "".join(ends).strip("\n").split("\n")))


class LongLine:
    def __init__(self, tokens: list[Token], start: int, length: int, indent: int) -> None:
        self.tokens, self.start, self.end, self.indent = tokens, start, start + length, indent
        with_end = names_with_end(tokens)
        # For each place before a token: its depth in the line, and its column.
        self.depths, self.columns = {start: 0}, {start: indent}
        for place in range(start, self.end):
            self.depths[place + 1] = self.depths[place] + step(tokens[place], with_end)
            self.columns[place + 1] = self.columns[place] + len(tokens[place].text)

    def shorter(self) -> list[Token] | None:
        """Return the tokens with this line broken in the first way that is possible, or None."""
        return (
            self.between_blocks()
            or self.at_a_space(least=WIDTH // 5)
            or self.in_a_comment()
            or self.in_words(least=40)
            or self.before_an_end()
            or self.at_a_space(least=0)
            or self.in_words(least=0)
        )

    def between_blocks(self) -> list[Token] | None:
        """Break at all seams of the least depth."""
        seams = Seams(self.tokens)
        free = [place for place in range(self.start + 1, self.end) if self.is_seam(place, seams)]
        least = min((self.depths[place] for place in free), default=0)
        return self.broken_at([place for place in free if self.depths[place] == least])

    def is_seam(self, place: int, seams: Seams) -> bool:
        before, token = self.tokens[place - 1], self.tokens[place]
        if token.place == "quotes" or token.kind == "line" or before.kind == "space":
            return False
        return self.is_edge(place) if token.kind == "space" else seams.is_free(place)

    def is_edge(self, place: int) -> bool:
        """Return whether a space is at the start or end of the content of an {% if %}."""
        token, before = self.tokens[place], self.tokens[place - 1]
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else token
        is_text = token.place == "text" and not token.is_trimmed
        return is_text and (before.name in {"if", *MIDDLE} or after.name in {"endif", *MIDDLE})

    def at_a_space(self, *, least: int) -> list[Token] | None:
        """Break at the last space that fits, of those of the least depth, or else at the first space."""
        spaces = [place for place in range(self.start + 1, self.end - 1) if self.is_space(place)]
        spaces = [place for place in spaces if self.columns[place] - self.indent >= least]
        return self.broken_at([min(spaces, key=self.rank)] if spaces else [])

    def is_space(self, place: int) -> bool:
        token, after = self.tokens[place], self.tokens[place + 1]
        return token.kind == "space" and after.kind not in {"line", "end"}

    def rank(self, place: int) -> tuple[bool, float, int]:
        column, is_text = self.columns[place], self.tokens[place].place == "text"
        if column > WIDTH:
            return True, 0, column
        return False, self.depths[place] + (0 if is_text else 0.5), -column

    def in_a_comment(self) -> list[Token] | None:
        for place in range(self.start, self.end):
            token = self.tokens[place]
            *lines, last = token.text.split("\n")
            if token.name == "comment" and self.indent + len(last) > WIDTH:
                end = last.rindex("{%")
                at = last.rfind(" ", len("{% comment %}"), min(WIDTH - self.indent, end))
                at = at if at > 0 else end
                text = "\n".join([*lines, last[:at].rstrip(), last[at:].lstrip()])
                return self.with_instead(place, [replace(token, text=text)])
        return None

    def in_words(self, *, least: int) -> list[Token] | None:
        """Make the longest translated text a trimmed one, which may be broken."""
        places = [place for place in range(self.start, self.end) if self.words_of(place)]
        place = max(places, key=lambda place: len(self.tokens[place].text), default=None)
        if place is None or len(self.tokens[place].text) < least:
            return None
        token = self.tokens[place]
        opening, *words, closing = read(self.words_of(place))
        broken = [opening, line_break(closing), *words, line_break(closing), closing]
        return self.with_instead(place, [replace(part, place=token.place) for part in broken])

    def words_of(self, place: int) -> str:
        text = self.tokens[place].text
        if found := LOOKED_UP.fullmatch(text) or ON_ONE_LINE.fullmatch(text):
            opening = f"{{% blocktranslate{found['more'] or ''} trimmed %}}"
            return f"{opening}{found['text']}{{% endblocktranslate %}}"
        return ""

    def before_an_end(self) -> list[Token] | None:
        """Break before the last > that fits, if nothing else can be broken."""
        ends = [
            place
            for place in range(self.start + 1, self.end)
            if self.tokens[place].kind == "end" and self.tokens[place - 1].kind != "line"
        ]
        return self.broken_at([place for place in ends if self.columns[place] <= WIDTH][-1:])

    def broken_at(self, places: list[int]) -> list[Token] | None:
        broken: list[Token] = []
        for place, token in enumerate(self.tokens):
            broken += [line_break(token)] if place in places else []
            broken += [] if place in places and token.kind == "space" else [token]
        return broken if places else None

    def with_instead(self, place: int, tokens: list[Token]) -> list[Token]:
        return [*self.tokens[:place], *tokens, *self.tokens[place + 1 :]]


def step(token: Token, with_end: set[str]) -> int:
    if is_end(token):
        return -1
    if token.kind == "end":
        return int(token.name not in VOID and token.text == ">")
    return int(token.kind == "tag" and token.name in with_end)
