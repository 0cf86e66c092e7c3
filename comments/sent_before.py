"""What a writer has sent before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db.models import BigIntegerField

from comments.cookies import MOST_REMEMBERED
from comments.models import Comment
from web.prepared import Given, Prepared, places

AT_ONCE = 10


class Sent(NamedTuple):
    """A reply that was sent before."""

    pk: int
    status: str
    submitted_at: datetime
    confirmed_at: datetime | None
    post_id: int
    parent_id: int | None
    name: str
    website: str


BY_ACCOUNT = Prepared(
    Comment.objects.filter(user=Given("user", BigIntegerField()))
    .order_by("-submitted_at")
    .values_list(*Sent._fields)[:MOST_REMEMBERED]
)
# By the ids alone: for more conditions, a database looks through the replies of all guests.
BY_ID = Prepared(
    Comment.objects.filter(pk__in=places("ids", BigIntegerField(), AT_ONCE))
    .order_by()
    .values_list("user_id", "email", *Sent._fields)
)


def sent_by_account(user: int) -> list[Sent]:
    """Return the latest replies of an account (its id), the last one first."""
    return [Sent(*row) for row in BY_ACCOUNT.all(user=user)]


def sent_by_guest(ids: Sequence[int], email: str) -> list[Sent]:
    """Return those of these replies that a guest sent with this address, the last one first."""
    rows = BY_ID.all(ids=ids)
    theirs = [Sent(*row) for user, given, *row in rows if user is None and given == email]
    return sorted(theirs, key=attrgetter("submitted_at"), reverse=True)
