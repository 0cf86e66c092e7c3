"""What the database knows that bears on a reply: three queries at most, each by an index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from comments.limits import WINDOW
from comments.models import Comment, Status, Word
from comments.spam.base import Count, Evidence, Neighbour
from comments.spam.features import Features
from comments.spam.rules.learned import REPLIES

SAME_TEXT_FOR = timedelta(days=30)
MOST_NEIGHBOURS = 50
MOST_HISTORY = 20


def look_up(
    comment: Comment, features: Features, *, own_replies: Collection[int], now: datetime
) -> Evidence:
    return Evidence(
        counts=_counts(features),
        neighbours=_neighbours(comment, now),
        history=_history(comment, own_replies),
    )


def hashes_of(features: Features) -> set[int]:
    """All that is counted of a reply, and the row that counts the replies."""
    return {REPLIES, *features.words, *features.domains.values()}


def _counts(features: Features) -> dict[int, Count]:
    known = Word.objects.filter(pk__in=hashes_of(features))
    return {row[0]: Count(*row[1:]) for row in known.values_list("hash", "ham", "spam")}


def _neighbours(comment: Comment, now: datetime) -> list[Neighbour]:
    """In no order, for an order would read them all where a text came ten thousand times."""
    asked = _by_text_or_sender(comment, now)
    if not asked:
        return []
    found = Comment.objects.filter(reduce(or_, asked)).order_by().values_list(*_COLUMNS)
    others = found.exclude(pk=comment.pk) if comment.pk else found
    return [_neighbour(comment, *row) for row in others[:MOST_NEIGHBOURS]]


def _by_text_or_sender(comment: Comment, now: datetime) -> list[Q]:
    """Each is answered by an index; one that is not would have the whole table read."""
    since = now - WINDOW
    asked = []
    if comment.text_hash is not None:
        asked.append(Q(text_hash=comment.text_hash, submitted_at__gte=now - SAME_TEXT_FOR))
    if comment.address_hash:
        asked.append(Q(address_hash=comment.address_hash, submitted_at__gte=since))
    if comment.user_id:
        asked.append(Q(user=comment.user_id, submitted_at__gte=since))
    return asked


_COLUMNS = ("post_id", "status", "text_hash", "address_hash", "user_id", "submitted_at")


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


def _history(comment: Comment, own_replies: Collection[int]) -> list[str]:
    """Of a guest only what this browser sent: anybody can type anybody's e-mail address."""
    if comment.user_id:
        theirs = Comment.objects.filter(user=comment.user_id)
    elif own_replies:
        theirs = Comment.objects.filter(pk__in=own_replies, user=None, email=comment.email)
    else:
        return []
    decided = theirs.filter(status__in=(Status.APPROVED, Status.SPAM)).order_by("-submitted_at")
    return list(decided.values_list("status", flat=True)[:MOST_HISTORY])
