"""Limits how many mails an address gets whose owner is not proven to want them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.mailboxes import person_behind
from accounts.ratelimit import ENOUGH_MAILS, MAILS_A_DAY
from background.clock import CLOCK_SKEW
from comments.models import Comment, HeldBecause, Status

Period = tuple[datetime, datetime]
# Takes a mailbox and a period, returns a number of mails.
MailCounter = Callable[[str, Period], int]
_mail_counters: list[MailCounter] = []


class TooManyMails(Exception):
    """The address gets no more unrequested mails today."""

    message = ENOUGH_MAILS


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
