"""One page of a thread, made ready so that its template has nothing left to compute.

A post may have a hundred thousand replies, and a page shows a hundred. So one query reads the shown
columns as tuples, and a second one counts only if there is more than one page.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from accounts.models import author_url
from blog.models import Post
from comments.avatars import avatar_colour, avatar_path
from comments.models import (
    CHANGEABLE,
    SEEN_BY_WRITER,
    Comment,
    HeldBecause,
    Status,
    Thanks,
    conversation_of,
    status_to_writer,
)
from comments.models.paths import DEEPEST, depth_of
from comments.models.querysets import CommentQuerySet
from comments.thread.paging import (
    PER_PAGE,
    Fold,
    chosen_for_page,
    folds_in,
    is_hidden,
    number_of,
    order_of,
    shown_in,
)
from comments.thread.query import Asked
from comments.thread.rows import (
    COLUMNS,
    GONE,
    NOT_OWN,
    OwnPart,
    Reply,
    Row,
    Thread,
    answers,
    classes,
    milliseconds,
    own_for_a_while,
    place,
    places,
    url_of_portrait,
)
from comments.visitor import Visitor
from web import dates

DEEPEST_SHOWN = 4
PIN = {False: "pin", True: "unpin"}
GIVE, TAKE = SafeString("give"), SafeString("take")
FOLDED, UNFOLDED = SafeString("false"), SafeString("true")  # for aria-expanded


class NoSuchPage(Exception):
    """The thread has no page of this number."""


def read_thread(
    post: Post,
    *,
    visitor: Visitor,
    asked: Asked,
    leads: bool = False,
    read_until: datetime | None = None,
) -> Thread:
    """Read one page of a post's thread for a visitor. Raises NoSuchPage.

    `leads` says whether the visitor may pin replies; `read_until` is the moment up to which they
    marked the conversation as read.
    """
    folds = folds_in(post, asked)
    in_order = visitor.replies_under(post)
    shown = shown_in(post, in_order=in_order, asked=asked, folds=folds)
    # An index alone chooses the replies; only of these are other columns read.
    chosen = chosen_for_page(shown, post=post, asked=asked)
    found = Comment.objects.filter(pk__in=chosen).order_by(*order_of(asked))
    rows = _rows(found, visitor)
    start = (asked.number - 1) * PER_PAGE
    if not rows and start:
        raise NoSuchPage
    count = start + len(rows)
    if len(rows) > PER_PAGE:
        count = number_of(in_order, post=post, asked=asked, folds=folds)
    reader = _Reader(visitor, leads, read_until)
    page = _Page(post, _unfolded(rows, folds)[:PER_PAGE], reader, asked)
    pinned = None if asked.is_flat or start else page.pinned_among(rows)
    last = max(1, -(-count // PER_PAGE))
    accounts = frozenset(row.user_pk for row in rows if row.user_pk)
    return Thread(page.url, page.replies(), pinned, asked, last, accounts)


def _unfolded(rows: list[Row], folds: list[Fold]) -> list[Row]:
    """Return the rows without a pinned reply that stands in a folded branch."""
    return [row for row in rows if not is_hidden(row.path, folds)]


def _rows(found: CommentQuerySet, visitor: Visitor) -> list[Row]:
    if not visitor.key:
        return [Row(*row) for row in found.values_list(*COLUMNS)]
    theirs = Thanks.objects.filter(comment=OuterRef("pk"), reader=visitor.key)
    return [Row(*row) for row in found.values_list(*COLUMNS, Exists(theirs))]


def page_of(comment: Comment, *, visitor: Visitor) -> int:
    """Return the number of the page on which this visitor finds a reply, by one query."""
    return visitor.replies_under(comment.post).filter(path__lt=comment.path).count() // PER_PAGE + 1


def permalinks() -> str:
    """Return what all permalinks begin with; a reply's id and a slash follow."""
    return reverse("comments:permalink", args=[0]).removesuffix("0/")


class _Reader(NamedTuple):
    visitor: Visitor
    leads: bool
    read_until: datetime | None


class _Page:
    """What all replies of one page share: the post, the reader and the other replies."""

    def __init__(self, post: Post, rows: list[Row], reader: _Reader, asked: Asked) -> None:
        self.rows = rows
        self.here = {row.pk for row in rows}
        self.reader = reader
        self.sent = reader.visitor.sent
        self.asked = asked
        self.pinned_pk = conversation_of(post).pinned_id
        self.authors = {byline.author.user_id for byline in post.bylines.all()} - {None}
        # Computed once, not for each of a hundred replies.
        self.url = post.get_absolute_url()
        self.fold = escape(self.url + asked.query_to_fold())  # once for all
        self.permalinks = permalinks()
        self.language = get_language() or ""
        self.gone: dict[str, str] = {status: str(sentence) for status, sentence in GONE.items()}
        self.places = places()
        self.waits = {
            True: gettext(
                "This reply waits for you: open the link in the mail that we sent you. "
                "Until then only you see it."
            ),
            False: gettext("This reply waits for a moderator. Until then only you see it."),
        }
        # Translators: after "In reply to".
        self.hidden = gettext("a reply that is not shown")
        # Translators: what a screen reader says for "Reply" under a reply; begin with that word.
        self.answer = gettext("Reply to %(name)s")
        # Translators: what a screen reader says for "Thanks" under a reply; begin with that word.
        self.thanks_to = pgettext("button", "Thanks to %(name)s")
        # Translators: what a screen reader says for "Report" under a reply; begin with that word.
        self.report = gettext("Report the reply of %(name)s")

    def replies(self) -> list[Reply]:
        above = [None, *(row.pk for row in self.rows)]
        return [self._reply(row, over) for row, over in zip(self.rows, above, strict=False)]

    def pinned_among(self, rows: list[Row]) -> Reply | None:
        pinned = next((row for row in rows if row.pk == self.pinned_pk), None)
        return self._reply(pinned, None) if pinned and pinned.status == Status.APPROVED else None

    def _reply(self, row: Row, over: int | None) -> Reply:
        readable, by_author = self._is_readable(row), row.user_pk in self.authors
        is_held = readable and status_to_writer(row.status, row.held_because) == Status.PENDING
        is_open = readable and not is_held
        depth = depth_of(row.path)
        shown_depth = 1 if self.asked.is_flat else min(depth, DEEPEST_SHOWN)
        parent = self._name_of_parent(row) if row.parent_pk else ""
        answered = "" if row.parent_pk == over and depth == shown_depth else parent
        # What was cleaned when it was written, and what is made here of digits and words of our
        # own, is marked as safe: escaping it again would cost a third of the page's time.
        name = SafeString(escape(row.name))
        return {
            "id": SafeString(row.pk),
            "classes": classes(shown_depth, readable, by_author, is_held),
            "gone": "" if readable else self.gone[row.status],
            # If indentation alone does not show what this answers, name it and link to it.
            "answered": answered,
            "answered_url": self._url_to(row.parent_pk) if answered else "",
            "place": place(self.places, "" if answered else parent, depth) if parent else "",
            "depth": SafeString(depth),
            # A muted reply never appeared, and must not reveal that.
            "appeared": milliseconds(row.appeared_at or (row.submitted_at if is_open else None)),
            "is_new": self._is_new(row),
            "waits": self.waits[row.held_because == HeldBecause.UNCONFIRMED] if is_held else "",
            "is_open": is_open,
            "is_pinned": row.pk == self.pinned_pk and row.status == Status.APPROVED,
            "by_author": by_author,
            "name": name,
            "url": self._url_of_writer(row),
            "rel": "author" if row.author_slug else "nofollow ugc noopener",
            "colour": SafeString(avatar_colour(row.avatar_seed)),
            "picture": SafeString(avatar_path(row.avatar_seed)),
            "portrait": url_of_portrait(row),
            "language": SafeString(row.language),
            "body": SafeString(row.body_html),
            "permalink": SafeString(f"{self.permalinks}{row.pk}/"),
            "moment": SafeString(row.submitted_at.isoformat(timespec="seconds")),
            "written": SafeString(dates.moment(row.submitted_at)),
            "edited": SafeString((row.edited_at and dates.moment(row.edited_at)) or ""),
            **(self._own(row) if self.sent(row.pk, row.user_pk) else NOT_OWN),
            "answer": SafeString(self.answer % {"name": name}),
            "answers": answers(row.descendant_count, self.language),
            "fold": self._url_to_fold(row) if row.descendant_count and depth < DEEPEST else "",
            "unfolded": self._is_unfolded(row),
            "thank": self._thank(row) if is_open else "",
            "thanks": SafeString(row.thanks_count or ""),
            "pin": PIN[row.pk == self.pinned_pk] if self.reader.leads else "",
            "thanks_to": SafeString(self.thanks_to % {"name": name}),
            "report": SafeString(self.report % {"name": name}),
        }

    def _own(self, row: Row) -> OwnPart:
        """An account may change its reply at any time, a guest's browser for some minutes."""
        if row.status not in CHANGEABLE:
            return NOT_OWN
        return {**NOT_OWN, "is_own": True} if row.user_pk else own_for_a_while(row.submitted_at)

    def _is_readable(self, row: Row) -> bool:
        if row.status in SEEN_BY_WRITER:
            return self.sent(row.pk, row.user_pk)
        return row.status == Status.APPROVED

    def _is_new(self, row: Row) -> bool:
        until, appeared = self.reader.read_until, row.appeared_at
        if until is None or appeared is None or row.status != Status.APPROVED:
            return False
        return appeared > until and not self.sent(row.pk, row.user_pk)

    def _thank(self, row: Row) -> SafeString:
        if self.sent(row.pk, row.user_pk):
            return SafeString()
        return TAKE if row.is_thanked else GIVE

    def _is_unfolded(self, row: Row) -> SafeString:
        """Return the value of aria-expanded; empty in a flat list, which has no folds."""
        if self.asked.is_flat:
            return SafeString()
        return FOLDED if row.pk in self.asked.folded else UNFOLDED

    def _url_of_writer(self, row: Row) -> str:
        return author_url(row.author_slug) if row.author_slug else row.website

    def _name_of_parent(self, row: Row) -> str:
        is_own = self.sent(row.parent_pk, row.parent_user_pk)
        named = {Status.APPROVED, Status.MUTED} if is_own else {Status.APPROVED}
        return row.parent_name or "" if row.parent_status in named else self.hidden

    def _url_to(self, pk: int | None) -> SafeString:
        return SafeString(f"#comment-{pk}" if pk in self.here else f"{self.permalinks}{pk}/")

    def _url_to_fold(self, row: Row) -> SafeString:
        """The address that folds or unfolds the answers; in a flat list, that of the answers."""
        if self.asked.is_flat:
            return SafeString(f"{self.permalinks}{row.pk}/")
        if row.pk in self.asked.folded:
            url = f"{self.url}{self.asked.query_to_unfold(row.pk)}#comment-{row.pk}"
            return SafeString(escape(url))
        return SafeString(f"{self.fold}{row.pk}#comment-{row.pk}")
