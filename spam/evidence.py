"""Evidence about a reply from the database: a few queries, each by an index."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateTimeField, Q

from accounts.namesakes import namesake
from comments.models import Comment, Status
from comments.visitor import Visitor
from spam.base import Count, Evidence, Neighbour
from spam.features import Features
from spam.models import Word
from spam.rules.learned import REPLIES
from web.prepared import Given, Prepared, places
from web.ratelimit import WINDOW

SAME_TEXT_FOR = timedelta(days=30)
MOST_NEIGHBOURS = 50
MOST_HISTORY = 20
WORDS_AT_ONCE = 32
DECIDED = {Status.APPROVED, Status.SPAM}

COUNTS = Prepared(
    Word.objects.filter(pk__in=places("hashes", BigIntegerField(), WORDS_AT_ONCE)).values_list(
        "hash", "ham", "spam"
    )
)
# Without an order, which would read all rows of a text sent ten thousand times. Each of the
# three conditions uses an index, and finds no rows if the given value is NULL.
NEIGHBOURS = Prepared(
    Comment.objects.filter(
        Q(
            text_hash=Given("text_hash", BigIntegerField()),
            submitted_at__gte=Given("same_text_since", DateTimeField()),
        )
        | Q(
            address_hash=Given("address_hash", CharField()),
            submitted_at__gte=Given("since", DateTimeField()),
        )
        | Q(
            user=Given("user", BigIntegerField()),
            submitted_at__gte=Given("since", DateTimeField()),
        )
    )
    .exclude(pk=Given("pk", BigIntegerField()))
    .order_by()
    .values_list("post_id", "status", "text_hash", "address_hash", "user_id", "submitted_at")[
        :MOST_NEIGHBOURS
    ]
)


def look_up(comment: Comment, features: Features, *, visitor: Visitor, now: datetime) -> Evidence:
    return Evidence(
        counts=_counts(features),
        neighbours=_neighbours(comment, now),
        history=_history(comment, visitor),
        namesake=namesake(comment.name, besides=comment.user_id),
    )


def hashes_of(features: Features) -> set[int]:
    """Return the hashes that are counted for a reply, and that of the row that counts replies."""
    return {REPLIES, *features.words, *features.domains.values()}


def _counts(features: Features) -> dict[int, Count]:
    known = COUNTS.all(hashes=list(hashes_of(features)))
    return {row[0]: Count(*row[1:]) for row in known}


def _neighbours(comment: Comment, now: datetime) -> list[Neighbour]:
    found = NEIGHBOURS.all(
        text_hash=comment.text_hash,
        same_text_since=now - SAME_TEXT_FOR,
        address_hash=comment.address_hash or None,
        user=comment.user_id,
        since=now - WINDOW,
        pk=comment.pk or 0,
    )
    return [_neighbour(comment, *row) for row in found]


def _neighbour(
    comment: Comment,
    post_id: int,
    status: str,
    text_hash: int | None,
    address_hash: str,
    user_id: int | None,
    submitted_at: datetime,
) -> Neighbour:
    return Neighbour(
        post_id=post_id,
        status=status,
        says_the_same=text_hash is not None and text_hash == comment.text_hash,
        is_of_sender=bool(address_hash and address_hash == comment.address_hash)
        or (user_id is not None and user_id == comment.user_id),
        submitted_at=submitted_at,
    )


def _history(comment: Comment, visitor: Visitor) -> list[str]:
    """Return how the latest replies of this writer were decided."""
    before = [sent for sent in visitor.sent_before(comment.email) if sent.pk != comment.pk]
    return [sent.status for sent in before if sent.status in DECIDED][:MOST_HISTORY]
