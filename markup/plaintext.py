"""The words of a text without its markup: for search, for counting, for labels."""

from collections.abc import Iterable
from html.parser import HTMLParser
from math import ceil

from markdown_it.token import Token

from markup.language import Language

BREAKS = ("softbreak", "hardbreak")
WORDS = ("text", "text_special", "code_inline")
RUNNING_TAGS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img input ins kbd label mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr".split()
)
# The numbers and arrows that lead to footnotes and back are no words.
SKIPPED_CLASSES = ("footnote-ref", "footnote-back")


def words_of(token: Token) -> str:
    """What one token of a line says; breaks count as spaces."""
    if token.type in BREAKS:
        return " "
    return token.content if token.type in WORDS else ""


def line_of(children: Iterable[Token]) -> str:
    """What the tokens of a line say, as one string."""
    return "".join(words_of(token) for token in children)


def text_of(html: str) -> str:
    """The words of sanitised HTML, one line for each block."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def minutes_to_read(text: str, language: Language) -> int:
    """Whole minutes, at least one."""
    return max(1, ceil(len(text.split()) / language.words_per_minute))


class Reader(HTMLParser):
    """Collects text; expects what the sanitiser writes, in which every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") in SKIPPED_CLASSES:
            self.skipping = tag
        self.break_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skipping:
            self.skipping = ""
        self.break_line(tag)

    def break_line(self, tag: str) -> None:
        if tag not in RUNNING_TAGS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(data)
