"""The columns read of a reply, and what its page shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple, TypedDict

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from accounts.portraits import url_beside_text
from comments.models import Status
from comments.thread.query import Asked
from comments.visitor import changeable_until, seconds_left
from web import dates

NOT_SHOWN = _("This reply is not shown.")
GONE = dict.fromkeys(Status, NOT_SHOWN) | {
    Status.REMOVED: _("This reply was removed by a moderator."),
    Status.DELETED: _("This reply was deleted by its writer."),
}


class Row(NamedTuple):
    """The columns of one reply and of the rows it joins."""

    pk: int
    parent_pk: int | None
    parent_name: str | None
    parent_status: str | None
    parent_user_pk: int | None
    path: str
    status: str
    held_because: str
    user_pk: int | None
    author_slug: str | None
    byline_portrait: str | None
    portrait: str | None
    name: str
    website: str
    avatar_seed: str
    language: str
    body_html: str
    submitted_at: datetime
    edited_at: datetime | None
    appeared_at: datetime | None
    descendant_count: int
    thanks_count: int
    is_thanked: bool = False


# In the order of Row.
COLUMNS = (
    "pk",
    "parent_id",
    "parent__name",
    "parent__status",
    "parent__user_id",
    "path",
    "status",
    "held_because",
    "user_id",
    "user__author__slug",
    "user__author__portrait",
    "user__portrait",
    "name",
    "website",
    "avatar_seed",
    "language",
    "body_html",
    "submitted_at",
    "edited_at",
    "appeared_at",
    "descendant_count",
    "thanks_count",
)


class OwnPart(TypedDict):
    """What the page shows of a reply to its writer only."""

    is_own: bool
    until: SafeString
    until_time: SafeString
    left: SafeString


NOT_OWN: OwnPart = {
    "is_own": False,
    "until": SafeString(),
    "until_time": SafeString(),
    "left": SafeString(),
}


class Reply(OwnPart):
    """One reply as its page shows it: a dictionary with every key, which templates read fastest.

    `id` is text, so that no locale writes "1.234" into an address. `gone` is the sentence shown
    instead of a hidden reply, `place` tells screen readers where an answer stands. `fold` is the
    address that folds or unfolds its answers ("" if it has none), `appeared` the moment in
    milliseconds. `waits` tells its writer what a held reply waits for. `thank` is what the button
    does, "give" or "take"; "" if the reader cannot thank. `edited` is when it was changed, in
    words; `is_own` says that this reader may change it, `until` is when a guest's browser no longer
    may (ISO 8601), `left` the seconds until then.
    """

    id: SafeString
    classes: SafeString
    gone: str
    answered: str
    answered_url: str
    place: str
    depth: SafeString
    appeared: SafeString
    is_new: bool
    waits: str
    is_open: bool
    is_pinned: bool
    by_author: bool
    name: SafeString
    url: str
    rel: str
    colour: SafeString
    picture: SafeString
    language: SafeString
    body: SafeString
    permalink: SafeString
    moment: SafeString
    written: SafeString
    edited: SafeString
    answer: SafeString
    answers: SafeString
    fold: str
    unfolded: str
    thank: str
    thanks: SafeString
    thanks_to: SafeString
    report: SafeString
    pin: str
    portrait: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a thread. `pinned` stands before the first reply, or is None."""

    url: str
    replies: list[Reply]
    pinned: Reply | None
    asked: Asked
    last: int

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
    def new(self) -> list[Reply]:
        """The replies that appeared after the reader's last visit."""
        return [reply for reply in self.replies if reply["is_new"]]

    @property
    def newest(self) -> str:
        """When the last of the replies appeared, in milliseconds; "" if none did."""
        return max((reply["appeared"] for reply in self.replies), key=_as_number, default="")


def _as_number(text: str) -> int:
    return int(text or 0)


def own_for_a_while(submitted_at: datetime) -> OwnPart:
    """Return what the browser that sent a guest's reply sees while it may change it."""
    until, left = changeable_until(submitted_at), seconds_left(submitted_at)
    if left <= 0:
        return NOT_OWN
    return {
        "is_own": True,
        "until": SafeString(dates.iso(until)),
        "until_time": SafeString(f"{timezone.localtime(until):%H:%M}"),
        "left": SafeString(int(left)),
    }


def classes(depth: int, readable: bool, by_author: bool, is_held: bool) -> SafeString:
    return SafeString(
        f"reply depth-{depth}"
        + " by-author" * (readable and by_author)
        + " held" * is_held
        + " removed" * (not readable)
    )


# Cached, as the dates are (`web.dates`).
@lru_cache(maxsize=1024)
def answers(number: int, language: str) -> SafeString:
    words = ngettext("%(number)d answer", "%(number)d answers", number)
    return SafeString(words % {"number": number})


def places() -> tuple[str, str]:
    """Return the words for the place of an answer, as `place` takes them: once for a page."""
    # Translators: after the name of whoever wrote an answer; only screen readers say it.
    level = pgettext("place of a reply", "level %(level)d")
    # Translators: after the name of whoever wrote an answer; only screen readers say it.
    return level, pgettext("place of a reply", "answer to %(name)s, level %(level)d")


def place(words: tuple[str, str], parent: str, depth: int) -> SafeString:
    """Return what indentation shows, in words for screen readers.

    `parent` is the name of whoever wrote the answered reply; "" if the page names it already.
    """
    return SafeString(words[bool(parent)] % {"name": escape(parent), "level": depth})


def milliseconds(moment: datetime | None) -> SafeString:
    return SafeString(int(moment.timestamp() * 1000)) if moment else SafeString()


def url_of_portrait(row: Row) -> str:
    file = row.byline_portrait or row.portrait
    return url_beside_text(file or "")
