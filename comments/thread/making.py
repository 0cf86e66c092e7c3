"""Makes the replies that a page shows out of their rows."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from accounts.models import author_url
from accounts.portraits import url_beside_text
from blog.models import Post
from blog.models.post import permalink
from comments.avatars import avatar_colour, avatar_path
from comments.models import (
    CHANGEABLE,
    SEEN_BY_WRITER,
    HeldBecause,
    Status,
    conversation_of,
    status_to_writer,
)
from comments.models.paths import DEEPEST, depth_of
from comments.thread.query import Asked
from comments.thread.replies import Choices, Reply, Until, Values
from comments.thread.rows import Row
from comments.visitor import Visitor, changeable_until, seconds_left
from web import dates

DEEPEST_SHOWN = 4
ANY_ADDRESS = "2011/05/post"
NOT_OWN: Until = {"until": "", "until_time": "", "left": ""}


@cache
def permalinks() -> str:
    """Return what all permalinks begin with; a reply's id and a slash follow."""
    return reverse("comments:permalink", args=[0]).removesuffix("0/")


@cache
def below_post(name: str) -> str:
    """Return what the address of a part of the conversation adds to the post's: "reply/"."""
    return reverse(f"comments:{name}", args=[ANY_ADDRESS]).removeprefix(permalink(ANY_ADDRESS))


class Reader(NamedTuple):
    """Who reads. `leads` says whether they may pin replies, `read_until` up to which moment they
    marked the conversation as read.
    """

    visitor: Visitor
    leads: bool
    may_reply: bool
    read_until: datetime | None


class _Seen(NamedTuple):
    """How the reader sees one reply.

    `parent` is the name of whoever wrote the answered reply, `answered` the same if indentation
    alone does not show what this answers.
    """

    is_readable: bool
    is_held: bool
    is_sent: bool
    is_open: bool
    depth: int
    parent: str
    answered: str


class Maker:
    """What all replies of one page share: the post, the reader and the other replies."""

    def __init__(self, post: Post, rows: list[Row], reader: Reader, asked: Asked) -> None:
        self.rows = rows
        self.here = {row.pk for row in rows}
        self.reader = reader
        self.sent = reader.visitor.sent
        self.asked = asked
        self.is_flat = asked.is_flat
        # From the next level on, indentation no longer shows what a reply answers.
        self.deepest = 1 if asked.is_flat else DEEPEST_SHOWN
        self.pinned_pk = conversation_of(post).pinned_id
        self.authors = {byline.author.user_id for byline in post.bylines.all()} - {None}
        # Worked out once, not for each of a hundred replies.
        self.url = post.get_absolute_url()
        self.fold = escape(self.url + asked.query_to_fold())
        self.reply_url = self.url + below_post("reply")
        self.permalinks = permalinks()
        self.language = get_language() or ""
        self.moment = dates.moments()
        self.places = _places()
        # Translators: after "In reply to".
        self.hidden = gettext("a reply that is not shown")

    def replies(self) -> list[Reply]:
        above = [None, *(row.pk for row in self.rows)]
        return [self._reply(row, over) for row, over in zip(self.rows, above, strict=False)]

    def pinned_among(self, rows: list[Row]) -> list[Reply]:
        return [self._reply(row, None) for row in rows if self._is_pinned(row)]

    def _reply(self, row: Row, over: int | None) -> Reply:
        seen = self._seen(row, over)
        return Reply(self._choices(row, seen), self._values(row, seen))

    def _seen(self, row: Row, over: int | None) -> _Seen:
        is_sent = self.sent(row.pk, row.user_pk)
        shown = row.status == Status.APPROVED or (is_sent and row.status in SEEN_BY_WRITER)
        is_held = shown and status_to_writer(row.status, row.held_because) == Status.PENDING
        depth = depth_of(row.path)
        parent = self._name_of_parent(row) if row.parent_pk else ""
        answered = "" if row.parent_pk == over and depth <= self.deepest else parent
        is_open = shown and not is_held
        return _Seen(shown, is_held, is_sent, is_open, depth, parent, answered)

    def _choices(self, row: Row, seen: _Seen) -> Choices:
        return Choices(
            gone="" if seen.is_readable else row.status,
            is_answer_named=bool(seen.answered),
            has_place=bool(seen.parent),
            has_portrait=bool(row.byline_portrait or row.portrait),
            rel=_rel(row),
            by_author=row.user_pk in self.authors,
            is_pinned=self._is_pinned(row),
            is_new=self._is_new(row, seen),
            is_edited=row.edited_at is not None,
            waits_for=_waits_for(row) if seen.is_held else "",
            own=_own(row) if seen.is_sent else "",
            is_open=seen.is_open,
            may_reply=self.reader.may_reply,
            thank=_thank(row) if seen.is_open and not seen.is_sent else "",
            has_thanks=row.thanks_count > 0,
            pin=self._pin(row) if self.reader.leads else "",
            has_answers=row.descendant_count > 0 and seen.depth < DEEPEST,
            unfolded=self._unfolded(row),
        )

    def _values(self, row: Row, seen: _Seen) -> Values:
        """Return what is shown of a reply. Free text is escaped; all else is made here of digits
        and our own words, or was cleaned when it was written.
        """
        appeared = row.appeared_at or row.submitted_at if seen.is_open else row.appeared_at
        return {
            "id": str(row.pk),
            "classes": self._classes(row, seen),
            "depth": str(seen.depth),
            # A muted reply never appeared, and must not reveal that.
            "appeared": str(int(appeared.timestamp() * 1000)) if appeared else "",
            "answered": escape(seen.answered),
            "answered_url": self._url_to(row.parent_pk),
            "place": self._place(seen),
            "portrait": escape(_url_of_portrait(row)),
            "colour": avatar_colour(row.avatar_seed),
            "picture": avatar_path(row.avatar_seed),
            "url": escape(_url_of_writer(row)),
            "name": escape(row.name),
            "permalink": f"{self.permalinks}{row.pk}/",
            "moment": row.submitted_at.isoformat(timespec="seconds"),
            "written": self.moment(row.submitted_at),
            "edited": self.moment(row.edited_at) if row.edited_at else "",
            "language": row.language,
            "body": row.body_html,
            **(_until(row) if seen.is_sent else NOT_OWN),
            "reply_url": self.reply_url,
            "thanks": str(row.thanks_count or ""),
            "fold": self._url_to_fold(row),
            "answers": _answers(row.descendant_count, self.language),
        }

    def _is_pinned(self, row: Row) -> bool:
        return row.pk == self.pinned_pk and row.status == Status.APPROVED

    def _is_new(self, row: Row, seen: _Seen) -> bool:
        until, appeared = self.reader.read_until, row.appeared_at
        if until is None or appeared is None or row.status != Status.APPROVED:
            return False
        return appeared > until and not seen.is_sent

    def _pin(self, row: Row) -> str:
        return "unpin" if row.pk == self.pinned_pk else "pin"

    def _unfolded(self, row: Row) -> str:
        if self.is_flat:
            return ""
        return "false" if row.pk in self.asked.folded else "true"

    def _classes(self, row: Row, seen: _Seen) -> str:
        return (
            f"reply depth-{min(seen.depth, self.deepest)}"
            + " by-author" * (seen.is_readable and row.user_pk in self.authors)
            + " held" * seen.is_held
            + " removed" * (not seen.is_readable)
        )

    def _name_of_parent(self, row: Row) -> str:
        is_own = self.sent(row.parent_pk, row.parent_user_pk)
        named = {Status.APPROVED, Status.MUTED} if is_own else {Status.APPROVED}
        return row.parent_name or "" if row.parent_status in named else self.hidden

    def _place(self, seen: _Seen) -> str:
        """Return what indentation shows, in words for screen readers."""
        # If the page names the answered reply already, only the level is left to say.
        words = self.places[bool(seen.answered)]
        return words % {"name": escape(seen.parent), "level": seen.depth}

    def _url_to(self, pk: int | None) -> str:
        return f"#comment-{pk}" if pk in self.here else f"{self.permalinks}{pk}/"

    def _url_to_fold(self, row: Row) -> str:
        """The address that folds or unfolds the answers; in a flat list, that of the answers."""
        if self.is_flat:
            return f"{self.permalinks}{row.pk}/"
        if row.pk in self.asked.folded:
            url = f"{self.url}{self.asked.query_to_unfold(row.pk)}#comment-{row.pk}"
            return escape(url)
        return f"{self.fold}{row.pk}#comment-{row.pk}"


def _waits_for(row: Row) -> str:
    return "writer" if row.held_because == HeldBecause.UNCONFIRMED else "moderator"


def _own(row: Row) -> str:
    """An account may change its reply at any time, a guest's browser for some minutes."""
    if row.status not in CHANGEABLE:
        return ""
    if row.user_pk:
        return "always"
    return "for a while" if seconds_left(row.submitted_at) > 0 else ""


def _until(row: Row) -> Until:
    until = changeable_until(row.submitted_at)
    return {
        "until": dates.iso(until),
        "until_time": f"{timezone.localtime(until):%H:%M}",
        "left": str(int(seconds_left(row.submitted_at))),
    }


def _thank(row: Row) -> str:
    return "take" if row.is_thanked else "give"


def _rel(row: Row) -> str:
    if row.author_slug:
        return "author"
    return "nofollow ugc noopener" if row.website else ""


def _url_of_writer(row: Row) -> str:
    return author_url(row.author_slug) if row.author_slug else row.website


def _url_of_portrait(row: Row) -> str:
    return url_beside_text(row.byline_portrait or row.portrait or "")


def _places() -> tuple[str, str]:
    """Return the words for the place of an answer, with and without the name of whom it answers."""
    # Translators: after the name of whoever wrote an answer; only screen readers say it.
    named = pgettext("place of a reply", "answer to %(name)s, level %(level)d")
    # Translators: after the name of whoever wrote an answer; only screen readers say it.
    return named, pgettext("place of a reply", "level %(level)d")


# Cached, as the dates are (`web.dates`).
@lru_cache(maxsize=1024)
def _answers(number: int, _language: str) -> str:
    words = ngettext("%(number)d answer", "%(number)d answers", number)
    return words % {"number": number}
