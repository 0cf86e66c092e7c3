"""One page of a thread, made ready so that its template only writes down what is here.

A post may carry a hundred thousand replies and a page a hundred, so rows are read as tuples of
what is shown, in one query, and a second one counts only when there is more than a page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User, author_url
from blog import dates
from blog.models import Post
from comments.avatars import avatar_colour, avatar_path
from comments.models import Comment, Status
from comments.paths import depth_of
from comments.querysets import WAITING_TO_WRITER, CommentQuerySet

PER_PAGE = 100
DEEPEST_SHOWN = 4
NOT_SHOWN = _("This reply is not shown.")
GONE = dict.fromkeys(Status, NOT_SHOWN) | {
    Status.REMOVED: _("This reply was removed by a moderator."),
    Status.DELETED: _("This reply was deleted by its writer."),
}


class NoSuchPage(Exception):
    """The thread has fewer pages than that."""


class Row(NamedTuple):
    """What one reply's rows say in the database."""

    pk: int
    parent_pk: int | None
    parent_name: str | None
    parent_status: str | None
    path: str
    status: str
    user_pk: int | None
    author_slug: str | None
    name: str
    website: str
    avatar_seed: str
    language: str
    body_html: str
    submitted_at: datetime


# In the order of Row.
COLUMNS = (
    "pk",
    "parent_id",
    "parent__name",
    "parent__status",
    "path",
    "status",
    "user_id",
    "user__author__slug",
    "name",
    "website",
    "avatar_seed",
    "language",
    "body_html",
    "submitted_at",
)


class Reply(TypedDict):
    """One reply as its page shows it: a dictionary with every key, for templates read those fastest.

    `id` is text, so that no locale writes "1.234" into an address. `gone` is the sentence in the
    place of a reply that is not shown.
    """

    id: SafeString
    classes: SafeString
    gone: str
    answered: str
    answered_url: str
    is_held: bool
    by_author: bool
    name: str
    url: str
    rel: str
    colour: SafeString
    picture: SafeString
    language: SafeString
    body: SafeString
    permalink: SafeString
    moment: SafeString
    written: SafeString
    answer: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of the conversation under a post. `previous` and `next` are 0 where there is none."""

    replies: list[Reply]
    number: int
    last: int

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.last else 0


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a thread is read. `own` are the ids of replies that this browser is known to have sent."""

    user: User | AnonymousUser
    own: Collection[int] = ()

    def wrote(self, pk: int, user_pk: int | None) -> bool:
        return pk in self.own or (user_pk is not None and user_pk == self.user.pk)

    def sees(self, post: Post) -> CommentQuerySet:
        return Comment.objects.in_thread(post, user=self.user, own=self.own)


def read_thread(post: Post, *, reader: Reader, number: int = 1) -> Thread:
    """Read page `number` of a post's thread. Raises NoSuchPage."""
    shown = reader.sees(post)
    start = (number - 1) * PER_PAGE
    # Which replies, an index alone tells; only for these is anything else read.
    chosen = shown.values("pk")[start : start + PER_PAGE + 1]
    found = Comment.objects.filter(pk__in=chosen).order_by("path").values_list(*COLUMNS)
    rows = [Row(*row) for row in found]
    if not rows and number > 1:
        raise NoSuchPage
    count = shown.count() if len(rows) > PER_PAGE else start + len(rows)
    replies = _Page(post, rows[:PER_PAGE], reader).replies()
    return Thread(replies, number=number, last=max(1, -(-count // PER_PAGE)))


def page_of(comment: Comment, *, reader: Reader) -> int:
    """On which page of its thread this reader finds a reply, by one query."""
    return reader.sees(comment.post).filter(path__lt=comment.path).count() // PER_PAGE + 1


def permalinks() -> str:
    """What all permalinks begin with; a reply's id and a slash follow."""
    return reverse("comments:permalink", args=[0]).removesuffix("0/")


class _Page:
    """What the replies of one page must know of each other, of the post and of the reader."""

    def __init__(self, post: Post, rows: list[Row], reader: Reader) -> None:
        self.rows = rows
        self.here = {row.pk for row in rows}
        self.reader = reader
        self.authors = {byline.author.user_id for byline in post.bylines.all()} - {None}
        # Worked out once, not for each of a hundred replies.
        self.permalinks = permalinks()
        self.gone: dict[str, str] = {status: str(sentence) for status, sentence in GONE.items()}
        # Translators: after "In reply to".
        self.hidden = gettext("a reply that is not shown")
        # Translators: what a screen reader says for "Reply" under a reply; begin with that word.
        self.answer = gettext("Reply to %(name)s")

    def replies(self) -> list[Reply]:
        above = [None, *(row.pk for row in self.rows)]
        return [self._reply(row, over) for row, over in zip(self.rows, above, strict=False)]

    def _reply(self, row: Row, over: int | None) -> Reply:
        readable, by_author = self._is_readable(row), row.user_pk in self.authors
        is_held = readable and row.status in WAITING_TO_WRITER
        depth = depth_of(row.path)
        answers_above = row.parent_pk in {None, over} and depth <= DEEPEST_SHOWN
        # What was cleaned when it was written, and what is made here of digits and words of our
        # own, is marked as safe: escaping it again would cost a third of the page's time.
        return {
            "id": SafeString(row.pk),
            "classes": SafeString(
                f"reply depth-{min(depth, DEEPEST_SHOWN)}"
                + " by-author" * (readable and by_author)
                + " held" * is_held
                + " removed" * (not readable)
            ),
            "gone": "" if readable else self.gone[row.status],
            # Where indentation alone does not tell what this answers, say it, and lead there.
            "answered": "" if answers_above else self._name_of_parent(row),
            "answered_url": "" if answers_above else self._url_to(row.parent_pk),
            "is_held": is_held,
            "by_author": by_author,
            "name": row.name,
            "url": self._url_of_writer(row),
            "rel": "author" if row.author_slug else "nofollow ugc noopener",
            "colour": SafeString(avatar_colour(row.avatar_seed)),
            "picture": SafeString(avatar_path(row.avatar_seed)),
            "language": SafeString(row.language),
            "body": SafeString(row.body_html),
            "permalink": SafeString(f"{self.permalinks}{row.pk}/"),
            "moment": SafeString(row.submitted_at.isoformat(timespec="seconds")),
            "written": SafeString(dates.moment(row.submitted_at)),
            "answer": self.answer % {"name": row.name},
        }

    def _is_readable(self, row: Row) -> bool:
        if row.status in WAITING_TO_WRITER:
            return self.reader.wrote(row.pk, row.user_pk)
        return row.status == Status.APPROVED

    def _url_of_writer(self, row: Row) -> str:
        return author_url(row.author_slug) if row.author_slug else row.website

    def _name_of_parent(self, row: Row) -> str:
        return row.parent_name or "" if row.parent_status == Status.APPROVED else self.hidden

    def _url_to(self, pk: int | None) -> str:
        return f"#comment-{pk}" if pk in self.here else f"{self.permalinks}{pk}/"
