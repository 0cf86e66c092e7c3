"""What a page of a thread shows: its replies, each made of choices and values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypedDict

from django.utils.safestring import SafeString

from comments.thread.query import Asked
from web.prepared_templates import PreparedTemplate


class Choices(NamedTuple):
    """What decides which parts of `comments/_reply.html` a reply shows.

    `gone` is the status of a reply that is hidden, and `waits_for` who decides about a held one. `rel`
    is that of the link to its writer. `own` says how long this reader may change it: "for a while" or
    "always". `thank` is what the button does, "give" or "take". `pin` is "pin" or "unpin", and
    `unfolded` the value of aria-expanded, which a flat list has not. Each is "" where there is none.
    """

    gone: str
    is_answer_named: bool
    has_place: bool
    has_portrait: bool
    rel: str
    by_author: bool
    is_pinned: bool
    is_new: bool
    is_edited: bool
    waits_for: str
    own: str
    is_open: bool
    may_reply: bool
    thank: str
    has_thanks: bool
    pin: str
    has_answers: bool
    unfolded: str


class Until(TypedDict):
    """Until when a guest's browser may change a reply (ISO 8601 and time of day), and the seconds
    that are left.
    """

    until: str
    until_time: str
    left: str


class Values(Until):
    """What one reply puts into `comments/_reply.html`: HTML, so free text is escaped already.

    `place` tells screen readers where an answer stands. `fold` is the address that folds or unfolds
    its answers, `appeared` the moment in milliseconds, `edited` when it was changed, in words.
    """

    id: str
    classes: str
    depth: str
    appeared: str
    answered: str
    answered_url: str
    place: str
    portrait: str
    colour: str
    picture: str
    url: str
    name: str
    permalink: str
    moment: str
    written: str
    edited: str
    language: str
    body: str
    reply_url: str
    thanks: str
    fold: str
    answers: str


REPLY = PreparedTemplate("comments/_reply.html", values=Values.__annotations__)
PINNED = PreparedTemplate("comments/_pinned.html", values=Values.__annotations__)


class Reply(NamedTuple):
    """One reply as a page shows it."""

    choices: Choices
    values: Values


@dataclass(frozen=True)
class Thread:
    """One page of a thread. `pinned` is the reply that stands before the first one, or nothing.

    `accounts` are the ids of those whose names stand there.
    """

    url: str
    replies: list[Reply]
    pinned: list[Reply]
    asked: Asked
    last: int
    accounts: frozenset[int]

    @property
    def previous(self) -> str:
        """The address of the page before; "" if there is none, as with `next`."""
        number = self.asked.number
        return self.url + self.asked.query(number=number - 1) if number > 1 else ""

    @property
    def next(self) -> str:
        number = self.asked.number
        return self.url + self.asked.query(number=number + 1) if number < self.last else ""

    @property
    def html(self) -> SafeString:
        return REPLY.rows(self.replies)

    @property
    def pinned_html(self) -> SafeString:
        return PINNED.rows(self.pinned)

    @property
    def new(self) -> list[Reply]:
        """The replies that appeared after the reader's last visit."""
        return [reply for reply in self.replies if reply.choices.is_new]

    @cached_property
    def newest(self) -> str:
        """When the last of the replies appeared, in milliseconds; "" if none did."""
        appeared = (reply.values["appeared"] for reply in self.replies)
        return str(max(map(int, filter(None, appeared)), default=""))
