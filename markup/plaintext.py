"""The plain text of a text: for search, for counting, for labels."""

import re
from collections.abc import Iterable
from html import unescape
from math import ceil

from markdown_it.token import Token

from markup.language import Language
from markup.visible import shows_something

# Scripts without spaces: Thai and Lao, Burmese, Khmer, kana, and Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# About two letters of those make a word; marks and punctuation belong to the letters before them.
WORD = re.compile(rf"[{UNSPACED}]{{1,2}}[^\w\s]*|[^\s{UNSPACED}]+")
HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
CODE = ("code_block", "fence")
# Enough for an excerpt, even of a table or code as long as a post can be.
MOST_CHARACTERS = 10_000
BREAKS = ("softbreak", "hardbreak")
WORDS = ("text", "text_special", "code_inline")
RUNNING_TAGS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img input ins kbd label mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr".split()
)
BREAK = re.compile(r"<br\b", re.IGNORECASE)
# The sanitiser puts every attribute in double quotes.
ATTRIBUTES = r"""(?:[^">]|"[^"]*")*>"""
RUNNING_TAG = re.compile(rf"</?(?:{'|'.join(RUNNING_TAGS)})(?![a-z0-9]){ATTRIBUTES}")
TAG = re.compile(rf"</?[a-z][a-z0-9]*{ATTRIBUTES}")
FOOTNOTES = '<section class="footnotes"'
# The numbers and arrows of footnote links are not words.
SKIPPED = re.compile(r'<(sup|a) class="footnote-(?:ref|back)".*?</\1>')


def words_of(token: Token) -> str:
    """Return the text of one token of a line; breaks are spaces."""
    if token.type in BREAKS or (token.type == "html_inline" and BREAK.match(token.content)):
        return " "
    return token.content if token.type in WORDS else ""


def line_of(children: Iterable[Token]) -> str:
    """Return the text of a line's tokens."""
    return "".join(words_of(token) for token in children)


def words_of_block(block: Iterable[Token]) -> str:
    """Return the text of a block's tokens, code and HTML too, at most MOST_CHARACTERS of code."""
    return " ".join(
        token.content[:MOST_CHARACTERS]
        if token.type in CODE
        else text_of(token.content)
        if token.type == "html_block"
        else line_of(token.children or ())
        for token in block
    )


def text_of(html: str) -> str:
    """Return the text of sanitised HTML, one line for each block."""
    lines = unescape(TAG.sub("\n", RUNNING_TAG.sub("", SKIPPED.sub("", html)))).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))


def has_content(html: str) -> bool:
    """Return whether a post's sanitised HTML has an image or visible words outside its footnotes."""
    body = html.partition(FOOTNOTES)[0]
    return "<img" in body or shows_something(text_of(body))


def count_words(text: str) -> int:
    """Return the number of words, also in scripts without spaces."""
    if text.isascii() or not HAS_UNSPACED.search(text):
        return len(text.split())
    return sum(1 for _ in WORD.finditer(text))


def minutes_to_read(text: str, language: Language) -> int:
    """Return the reading time in whole minutes, at least one."""
    return max(1, ceil(count_words(text) / language.words_per_minute))
