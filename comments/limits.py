"""Limits: how many replies one sender may send, and how many mails an address gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateTimeField, Q
from django.utils import timezone

from accounts.mailboxes import person_behind
from accounts.ratelimit import ENOUGH_MAILS, MAILS_A_DAY
from background.clock import CLOCK_SKEW
from comments.models import Comment, HeldBecause, Status
from comments.visitor import Visitor
from web.client_address import NETWORK_LENGTH, wider_network
from web.prepared import Given, Prepared
from web.ratelimit import TIMES_FOR_A_NETWORK, WINDOW

Period = tuple[datetime, datetime]
# Takes a mailbox and a period, returns a number of mails.
MailCounter = Callable[[str, Period], int]
_mail_counters: list[MailCounter] = []

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


class TooManyMails(Exception):
    """The address gets no more unrequested mails today."""

    message = ENOUGH_MAILS


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


def count_mails_by(counter: MailCounter) -> None:
    """Register a function that counts the mails a mailbox got without its owner's proven wish."""
    _mail_counters.append(counter)


def check_mails_to(email: str) -> None:
    """Raises TooManyMails if an address may not be mailed (`may_be_mailed`)."""
    if not may_be_mailed(email):
        raise TooManyMails


def may_be_mailed(email: str) -> bool:
    """Return whether an address may still get mails that its owner has not proven to want.

    It may not after enough requests today. Requests that wait for the owner's confirmation are
    counted; those that somebody else made keep waiting.
    """
    now, mailbox = timezone.now(), person_behind(email)
    today = (now - timedelta(days=1), now + CLOCK_SKEW)
    return sum(count(mailbox, today) for count in _mail_counters) < MAILS_A_DAY


def _replies_asked_about(mailbox: str, during: Period) -> int:
    """Return how many unconfirmed replies were written with a mailbox in a period.

    The condition on `status` lets the database use an index in which a day's replies are few.
    """
    name, _at, domain = mailbox.rpartition("@")
    with_tag = Q(email__startswith=f"{name}+", email__endswith=f"@{domain}")
    asked_about = Comment.objects.filter(status__in=Status.values, confirmed_at=None)
    theirs = asked_about.filter(Q(email=mailbox) | with_tag, submitted_at__range=during)
    return theirs.filter(held_because=HeldBecause.UNCONFIRMED).count()


count_mails_by(_replies_asked_about)
