"""How many replies one address or account may send, and how addresses are kept: as a keyed hash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateTimeField, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.mailboxes import person_behind
from accounts.models import User
from background.models import CLOCK_SKEW
from comments.models import Comment, Follow, HeldBecause, Status
from comments.prepared import Given, Prepared
from comments.querysets import CommentQuerySet
from outbox.models import Mail

WINDOW = timedelta(minutes=10)
REPLIES_OF_A_GUEST = 6
REPLIES_OF_AN_ACCOUNT = 20
MAILS_A_DAY = 5
HASH_LENGTH = 32

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


class TooManyMails(Exception):
    """An address gets no more mails today that it did not ask for."""

    message = _("This address was sent many mails today. Try again tomorrow.")


class TooManyReplies(Exception):
    """`retry_after` is the number of seconds until another reply is taken."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def hash_address(address: str, *, now: datetime) -> str:
    """A keyed hash (HMAC-SHA256, 128 bits of it, hexadecimal) of a network address; "" for none.

    The key is another one each week, so what was sent from one address in March and in May cannot
    be laid side by side.
    """
    if not address:
        return ""
    week = (now - datetime(1970, 1, 1, tzinfo=UTC)).days // 7
    salt = f"comments.limits.{week}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()[:HASH_LENGTH]


def most_replies(user: User | None) -> int:
    return REPLIES_OF_AN_ACCOUNT if user else REPLIES_OF_A_GUEST


def check_pace(*, user: User | None, address_hash: str, now: datetime) -> None:
    """Raises TooManyReplies if this address or account has sent its share of the last ten minutes."""
    window = {"since": now - WINDOW, "until": now + CLOCK_SKEW}
    sent = []
    if user:
        sent.append(SENT_BY_ACCOUNT.all(user=user.pk, **window))
    if address_hash:
        sent.append(SENT_FROM_ADDRESS.all(address_hash=address_hash, **window))
    most = most_replies(user)
    for times in sent:
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
