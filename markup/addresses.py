"""Turns bare web and e-mail addresses in text into links."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.extensions.autolink import ANY_ADDRESS, LONGEST_HOST, WEB_ADDRESS, addresses
from markup.limits import spend

# The steps that the meter counts for an address: most where one follows another closely, because a
# list of links is accepted at any length; hosts in other scripts are looked up sign by sign.
STEPS_FOR_ASCII, STEPS_WHERE_CLOSE, STEPS_FOR_OTHERS = 3, 10, 40
CLOSE = 28
# An address of these signs only, as most are, is already in its normal form.
IS_NORMAL = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9._~/-]*)?")
NO_SPACE = re.compile(rf"\S{{0,{LONGEST_HOST}}}")
RAW_LINK = re.compile(r"</?a\b", re.IGNORECASE)


def link_addresses(md: MarkdownIt, *, emails: bool) -> None:
    """Make the parser link web addresses and, if wanted, e-mail addresses."""
    pattern = ANY_ADDRESS if emails else WEB_ADDRESS

    def rule(state: StateCore) -> None:
        for token in state.tokens:
            steps = sum(costs(token.content, pattern)) if token.children else 0
            if steps:
                spend(state.env, steps)
                token.children = list(with_links(token.children or [], pattern, md))

    md.core.ruler.before("text_join", "addresses", rule)


def costs(content: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield the steps of each place where an address may begin."""
    last = -CLOSE
    for found in pattern.finditer(content):
        host = NO_SPACE.match(content, found.start())
        if host and not host[0].isascii():
            yield STEPS_FOR_OTHERS
        else:
            yield STEPS_WHERE_CLOSE if found.start() - last < CLOSE else STEPS_FOR_ASCII
        last = found.start()


def with_links(children: list[Token], pattern: re.Pattern[str], md: MarkdownIt) -> Iterator[Token]:
    inside = 0
    for is_words, tokens in groupby(children, is_text):
        run = list(tokens)
        if is_words and not inside:
            yield from split(run, pattern, md)
        else:
            inside += sum(map(link_depth, run))
            yield from run


def is_text(token: Token) -> bool:
    """Return whether the token is text or an entity such as `&amp;`, which can be in an address."""
    return token.type == "text" or (token.type == "text_special" and token.info == "entity")


def link_depth(token: Token) -> int:
    if token.type in ("link_open", "link_close"):
        return token.nesting
    if token.type == "html_inline" and RAW_LINK.match(token.content):
        return -1 if token.content.startswith("</") else 1
    return 0


def split(run: list[Token], pattern: re.Pattern[str], md: MarkdownIt) -> Iterator[Token]:
    content = "".join(token.content for token in run)
    rest = Rest(run)
    for start, end, target in addresses(content, pattern):
        yield from rest.until(start)
        rest.until(end)
        normal = target if IS_NORMAL.fullmatch(target) else md.normalizeLink(target)
        yield from link(run[0], normal, content[start:end])
    yield from rest.until(len(content))


class Rest:
    """The rest of a run of tokens, from the front of which pieces are taken."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.waiting = deque(tokens)
        self.at = self.taken_of_first = 0

    def until(self, end: int) -> list[Token]:
        """Return the tokens, or pieces of them, up to this place in the run's text."""
        taken = []
        while self.waiting and self.at < end:
            token, start = self.waiting[0], self.taken_of_first
            content = token.content[start : start + end - self.at]
            taken.append(token if content == token.content else piece(token, content))
            self.at += len(content)
            self.taken_of_first += len(content)
            if self.taken_of_first == len(token.content):
                self.waiting.popleft()
                self.taken_of_first = 0
        return taken


def piece(token: Token, content: str) -> Token:
    """Return a new token for a part of one: copying takes ten times as long."""
    return Token(token.type, "", 0, content=content, level=token.level, info=token.info)


def text(like: Token, content: str) -> Token:
    return Token("text", "", 0, content=content, level=like.level)


def link(like: Token, target: str, label: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": target}, info="auto", level=like.level)
    yield text(like, label)
    yield Token("link_close", "a", -1, info="auto", level=like.level)
