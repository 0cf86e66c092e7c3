"""Receivers for followers of a conversation."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from comments.mail_limits import may_be_mailed
from comments.models import Comment, HeldBecause
from comments.signals import (
    address_claimed,
    answers_wanted,
    replies_emptied,
    reply_confirmed,
    reply_posted,
    reply_status_changed,
)
from comments.verbs.status import TOLD_AT_ONCE, StatusChange
from comments.visitor import Visitor
from following import tasks
from following.mails import NEW_REPLY
from following.models import Follow, Scope
from following.verbs import claim_follows, follow
from outbox.sending import take_back
from spam.results import Outcome, stored_result
from web.batches import batches
from web.prepared import Given, Prepared

# Runs for each reply that appears; usually nobody follows.
FOLLOWED = Prepared(
    Follow.objects.filter(post=Given("post", BigIntegerField())).order_by().values_list("pk")[:1]
)


@receiver(reply_posted)
def tell_of_new(comment: Comment, **kwargs: Any) -> None:
    if comment.is_approved and FOLLOWED.all(post=comment.post_id):
        tasks.tell_of_appeared.enqueue([comment.pk])


@receiver(reply_status_changed)
def tell_of_appeared(change: StatusChange, **kwargs: Any) -> None:
    """A few in each task, so that none takes long."""
    for some in batches([comment.pk for comment in change.news], TOLD_AT_ONCE):
        tasks.tell_of_appeared.enqueue(some)
    for some in batches([comment.pk for comment in change.withdrawn], TOLD_AT_ONCE):
        tasks.untell_of_appeared.enqueue(some)


@receiver(answers_wanted)
def follow_answers(comment: Comment, visitor: Visitor, **kwargs: Any) -> None:
    # Confirming the reply confirms the wish too. While the filter holds it, nobody is asked until a
    # moderator has approved it (`following.notices`).
    is_asked = comment.held_because == HeldBecause.UNCONFIRMED and comment.confirmed_at is None
    is_clean = stored_result(comment.findings).outcome is Outcome.APPEAR
    follow(
        post=comment.post,
        scope=Scope.ANSWERS,
        visitor=visitor,
        email=comment.email,
        may_ask=is_clean and not is_asked and may_be_mailed(comment.email),
    )


@receiver(reply_confirmed)
def confirm_wish(comment: Comment, **kwargs: Any) -> None:
    """Confirm the wish for answers only: others may have asked for all in the writer's name."""
    unconfirmed = Follow.objects.unconfirmed().filter(post=comment.post_id, email=comment.email)
    unconfirmed.update(confirmed_at=timezone.now(), scope=Scope.ANSWERS)


@receiver(address_claimed)
def claim(user: User, email: str, **kwargs: Any) -> None:
    """Give a guest's wishes to the account that has proven the address."""
    claim_follows(user=user, email=email)


@receiver(replies_emptied)
def take_mails_back(ids: list[int], **kwargs: Any) -> None:
    """Delete unsent mails in the same transaction: they hold the text that is erased.

    The task `untell_of_appeared` would come later.
    """
    take_back(NEW_REPLY, about__in=ids)
