"""Gives headings levels below the page's title, ids, and a table of contents."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from markup.parts import Heading
from markup.plaintext import line_of, words_of
from markup.slugs import joined_words
from markup.visible import shows_something

TOP = 2
DEEPEST = 6
# The prefix keeps ids from shadowing a property of `document` or an id of the page.
PREFIX = "h-"
UNTITLED = "section"
MAX_SLUG = 80


def set_headings(state: StateCore) -> None:
    """Parser rule: make the highest level used h2; set ids and `env["toc"]`."""
    tokens = state.tokens
    openings = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    shift = TOP - min((int(tokens[i].tag[1]) for i in openings), default=TOP)
    ids = Ids()
    state.env["toc"] = toc = []
    for i in openings:
        text = words_of_heading(tokens[i + 1].children or ())
        heading = Heading(min(int(tokens[i].tag[1]) + shift, DEEPEST), ids.take(text), text)
        tokens[i].tag = tokens[i + 2].tag = f"h{heading.level}"
        tokens[i].attrSet("id", heading.id)
        if tokens[i].level == 0 and shows_something(text):
            toc.append(heading)


def words_of_heading(children: Iterable[Token]) -> str:
    """Return a heading's text in one line: a break is a space, an image its alt text."""
    said = (
        line_of(child.children or ()) if child.type == "image" else words_of(child)
        for child in children
    )
    return " ".join("".join(said).split())


@dataclass
class Ids:
    """The ids of one text; each is given once."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def take(self, text: str) -> str:
        """Return an id made of the text's words, in any script, with a number if it is taken."""
        slug = joined_words(text, longest=MAX_SLUG) or UNTITLED
        name = slug
        while name in self.taken:
            self.last[slug] = self.last.get(slug, 1) + 1
            name = f"{slug}-{self.last[slug]}"
        self.taken.add(name)
        return PREFIX + name
