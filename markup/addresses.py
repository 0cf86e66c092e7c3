"""Bare web and e-mail addresses in running text become links.

Follows the autolink extension of GitHub Flavored Markdown (`http://`, `https://`, `www.`, and
e-mail), in time proportional to the text. Names such as `readme.md` are left alone.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

WEB = r"(?<![\w@/.:+-])(?:https?://|www\.)(?=[^\W_])[^\s<>\"“”„«»]+"
EMAIL = r"(?<![\w.+/:@-])[\w.+-]{1,64}@(?:[^\W_](?:[\w-]{0,62})\.)+[a-z]{2,24}(?![\w@-])"
WEB_ADDRESS = re.compile(WEB, re.IGNORECASE)
ANY_ADDRESS = re.compile(f"{WEB}|{EMAIL}", re.IGNORECASE)
PUNCTUATION = frozenset("?!.,:;*_~'’‘…")
RAW_LINK = re.compile(r"</?a\b", re.IGNORECASE)


def link_addresses(md: MarkdownIt, *, emails: bool) -> None:
    """Teach the parser to link web addresses and, if wanted, e-mail addresses."""
    pattern = ANY_ADDRESS if emails else WEB_ADDRESS

    def rule(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline" and token.children and pattern.search(token.content):
                token.children = list(with_links(token.children, pattern, md))

    md.core.ruler.before("text_join", "addresses", rule)


def with_links(children: list[Token], pattern: re.Pattern[str], md: MarkdownIt) -> Iterator[Token]:
    inside = 0
    for token in children:
        inside += link_depth(token)
        if token.type == "text" and not inside:
            yield from split(token, pattern, md)
        else:
            yield token


def link_depth(token: Token) -> int:
    if token.type in ("link_open", "link_close"):
        return token.nesting
    if token.type == "html_inline" and RAW_LINK.match(token.content):
        return -1 if token.content.startswith("</") else 1
    return 0


def split(token: Token, pattern: re.Pattern[str], md: MarkdownIt) -> Iterator[Token]:
    done = 0
    for match in pattern.finditer(token.content):
        address = without_trailing_punctuation(match[0])
        target = md.normalizeLink(scheme(address) + address)
        if not md.validateLink(target):
            continue
        yield text(token, token.content[done : match.start()])
        yield from link(token, target, address)
        done = match.start() + len(address)
    yield text(token, token.content[done:])


def scheme(address: str) -> str:
    start = address.lower()
    if start.startswith(("http://", "https://")):
        return ""
    return "http://" if start.startswith("www.") else "mailto:"


def without_trailing_punctuation(address: str) -> str:
    """Cut what belongs to the sentence around the address, as "(see www.example.nl)." does."""
    unmatched = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in PUNCTUATION or (address[end - 1] == ")" and unmatched > 0)):
        unmatched -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def text(like: Token, content: str) -> Token:
    return Token("text", "", 0, content=content, level=like.level)


def link(like: Token, target: str, label: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": target}, info="auto", level=like.level)
    yield text(like, label)
    yield Token("link_close", "a", -1, info="auto", level=like.level)
