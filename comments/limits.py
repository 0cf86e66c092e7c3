"""Limits how many replies one sender may send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import BigIntegerField, CharField, DateTimeField

from background.clock import CLOCK_SKEW
from comments.models import Comment
from comments.visitor import Visitor
from web.client_address import NETWORK_LENGTH, wider_network
from web.prepared import Given, Prepared
from web.ratelimit import TIMES_FOR_A_NETWORK, WINDOW

REPLIES_OF_A_GUEST = 6
REPLIES_OF_AN_ACCOUNT = 20

_sent = (
    Comment.objects.since(Given("since", DateTimeField()))
    # Without replies that a fast clock dated later: they would count until that time.
    .filter(submitted_at__lte=Given("until", DateTimeField()))
    .order_by("-submitted_at")
    .values_list("submitted_at")
)
SENT_BY_ACCOUNT = Prepared(
    _sent.filter(user=Given("user", BigIntegerField()))[:REPLIES_OF_AN_ACCOUNT]
)
SENT_FROM_ADDRESS = Prepared(
    _sent.filter(address_hash=Given("address_hash", CharField()))[:REPLIES_OF_AN_ACCOUNT]
)
# A range of hexadecimal digits, which every database sorts alike: an index finds it.
SENT_FROM_NETWORK = Prepared(
    _sent.filter(
        address_hash__gte=Given("first", CharField()), address_hash__lt=Given("behind", CharField())
    )[: REPLIES_OF_AN_ACCOUNT * TIMES_FOR_A_NETWORK]
)


class TooManyReplies(Exception):
    """The sender has sent too many replies. `retry_after`: seconds until another one is taken."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def check_replies_of(visitor: Visitor, *, address_hash: str, now: datetime) -> None:
    """Raises TooManyReplies if this address or account reached its limit for the last ten minutes.

    A network that may belong to one person has a limit of its own, several times as high.
    """
    most = REPLIES_OF_AN_ACCOUNT if visitor.user else REPLIES_OF_A_GUEST
    window = {"since": now - WINDOW, "until": now + CLOCK_SKEW}
    if visitor.user:
        _check(SENT_BY_ACCOUNT.all(user=visitor.user.pk, **window), most, now)
    if address_hash:
        _check(SENT_FROM_ADDRESS.all(address_hash=address_hash, **window), most, now)
    if wider_network(visitor.address):
        network = address_hash[:NETWORK_LENGTH]
        sent = SENT_FROM_NETWORK.all(first=network, behind=f"{network}g", **window)
        _check(sent, most * TIMES_FOR_A_NETWORK, now)


def _check(times: Sequence[tuple[datetime]], most: int, now: datetime) -> None:
    """Raises TooManyReplies if `times`, newest first, holds `most` replies or more."""
    if len(times) >= most:
        (over,) = times[most - 1]
        raise TooManyReplies(max(1, round((over + WINDOW - now).total_seconds())))
