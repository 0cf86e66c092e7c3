"""How many replies one address or account may send, and how addresses are kept: as a keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateTimeField, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import wider_network
from accounts.mailboxes import person_behind
from accounts.models import User
from accounts.ratelimit import ENOUGH_MAILS, MAILS_A_DAY, TIMES_FOR_A_NETWORK
from background.clock import CLOCK_SKEW
from comments.models import Comment, Follow, HeldBecause, Status
from comments.prepared import Given, Prepared
from comments.querysets import CommentQuerySet
from outbox.models import Mail

WINDOW = timedelta(minutes=10)
REPLIES_OF_A_GUEST = 6
REPLIES_OF_AN_ACCOUNT = 20
HASH_LENGTH, NETWORK_LENGTH = 32, 16

_sent = (
    Comment.objects.since(Given("since", DateTimeField()))
    # Not what a clock that was ahead dated later: it would count until then.
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
# Between two texts, of digits and letters that every database has in this order: an index finds them.
SENT_FROM_NETWORK = Prepared(
    _sent.filter(
        address_hash__gte=Given("first", CharField()), address_hash__lt=Given("behind", CharField())
    )[: REPLIES_OF_AN_ACCOUNT * TIMES_FOR_A_NETWORK]
)


class TooManyMails(Exception):
    """An address gets no more mails today that it did not ask for."""

    message = ENOUGH_MAILS


class TooManyReplies(Exception):
    """`retry_after` is the number of seconds until another reply is taken."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def hash_address(address: str, *, now: datetime) -> str:
    """A keyed hash (HMAC-SHA256, 128 bits of it, hexadecimal) of a network address; "" for none.

    The key is another one each week, so what was sent from one address in March and in May cannot
    be laid side by side. Of an IPv6 address the first half is that of its /48, by which all of a
    network is found.
    """
    if not address:
        return ""
    week = (now - datetime(1970, 1, 1, tzinfo=UTC)).days // 7
    own, network = _keyed(address, week), wider_network(address)
    return _keyed(network, week)[:NETWORK_LENGTH] + own[NETWORK_LENGTH:] if network else own


def _keyed(address: str, week: int) -> str:
    digest = salted_hmac(f"comments.limits.{week}", address, algorithm="sha256").hexdigest()
    return digest[:HASH_LENGTH]


def check_pace(*, user: User | None, address: str, address_hash: str, now: datetime) -> None:
    """Raises TooManyReplies if this address or account has sent its share of the last ten minutes.

    So it does if a network that one person may have all of has sent several times as many.
    """
    most = REPLIES_OF_AN_ACCOUNT if user else REPLIES_OF_A_GUEST
    window = {"since": now - WINDOW, "until": now + CLOCK_SKEW}
    if user:
        _check(SENT_BY_ACCOUNT.all(user=user.pk, **window), most, now)
    if address_hash:
        _check(SENT_FROM_ADDRESS.all(address_hash=address_hash, **window), most, now)
    if wider_network(address):
        network = address_hash[:NETWORK_LENGTH]
        sent = SENT_FROM_NETWORK.all(first=network, behind=f"{network}g", **window)
        _check(sent, most * TIMES_FOR_A_NETWORK, now)


def _check(times: Sequence[tuple[datetime]], most: int, now: datetime) -> None:
    """With the newest first."""
    if len(times) >= most:
        (over,) = times[most - 1]
        raise TooManyReplies(max(1, round((over + WINDOW - now).total_seconds())))


def check_mails_to(email: str) -> None:
    """Raises TooManyMails where an address may not be mailed (`may_be_mailed`)."""
    if not may_be_mailed(email):
        raise TooManyMails


def may_be_mailed(email: str) -> bool:
    """Whether an address is still mailed what nobody proved to be its owner's wish.

    It is not, once it was asked often enough today. What is counted is what waits for its owner:
    somebody else's wishes, if it is somebody else.
    """
    now, mailbox = timezone.now(), person_behind(email)
    today = (now - timedelta(days=1), now + CLOCK_SKEW)
    follows = Follow.objects.unconfirmed().filter(mailbox=mailbox, started_at__range=today)
    replies = _replies_of_mailbox(mailbox).filter(submitted_at__range=today)
    number = follows.count() + replies.count() + _number_asked_again(mailbox)
    return number < MAILS_A_DAY


def _replies_of_mailbox(mailbox: str) -> CommentQuerySet:
    """Those that were asked about. By status too, for whose index a day's replies are few."""
    name, _at, domain = mailbox.rpartition("@")
    with_tag = Q(email__startswith=f"{name}+", email__endswith=f"@{domain}")
    asked_about = Comment.objects.filter(status__in=Status.values, confirmed_at=None)
    return asked_about.filter(Q(email=mailbox) | with_tag, held_because=HeldBecause.UNCONFIRMED)


def asked_again_today(pk: int) -> str:
    """The key of the mail by which others have us ask about a follow that is confirmed: one a day."""
    return f"follow-{pk}-again-{timezone.localdate()}"


def _number_asked_again(mailbox: str) -> int:
    confirmed = Follow.objects.confirmed().filter(user=None, mailbox=mailbox)
    keys = [asked_again_today(pk) for pk in confirmed.values_list("pk", flat=True)]
    return Mail.objects.filter(key__in=keys).count()
