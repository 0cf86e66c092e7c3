"""Wishes: making, confirming, widening and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.mailboxes import mailbox_of
from accounts.models import User
from blog.languages import interface_language
from blog.models import Post
from comments.mail_limits import Period
from comments.visitor import Visitor
from following import mails
from following.models import Follow, Scope
from following.tasks import ask_to_confirm_follow
from outbox.models import Mail
from outbox.sending import Topic, put_in_outbox, take_back
from web.batches import batches


@transaction.atomic
def follow(
    *,
    post: Post,
    scope: Scope,
    visitor: Visitor,
    email: str = "",
    may_ask: bool = True,
) -> Follow:
    """Tell the visitor's account, or else this address, of replies under the post; return the wish.

    An address that is not proven to be the visitor's first gets a mail to confirm; none without
    `may_ask`, if another mail asks it already or it got enough of them. An existing wish, confirmed
    or not, stays as it is until its owner says so. A wish for everything is not narrowed to
    answers.
    """
    user, is_known = visitor.user, visitor.is_proven(email)
    person = {"user": user} if user else {"user": None, "email": mailbox_of(email)}
    language = interface_language(visitor.language or post.language)
    wish: dict[str, Any] = {"scope": scope, "language": language}
    if is_known:
        wish["confirmed_at"] = timezone.now()
    found, is_new = Follow.objects.get_or_create(post=post, **person, defaults=wish)
    if is_known:
        if not is_new:
            _widen(found, wish)
    elif may_ask and found.confirmed_at is None:
        ask_to_confirm_follow.enqueue(found.pk)
    elif may_ask and scope == Scope.EVERYTHING:
        _ask_again(found)
    return found


def _ask_again(follow: Follow) -> None:
    """Mail at once, so that this counts among the mails of today (`comments.mail_limits`)."""
    today = str(timezone.localdate())
    topic = Topic(mails.CONFIRM_FOLLOW, about=follow.pk, occasion=today)
    put_in_outbox(mails.confirm_follow(follow), topic)


def _widen(follow: Follow, wish: dict[str, Any]) -> None:
    if follow.confirmed_at:
        wish = wish | {"confirmed_at": follow.confirmed_at}
        # Anybody may have asked for every reply in a wish that is not confirmed.
        if follow.is_for_everything:
            wish = wish | {"scope": Scope.EVERYTHING}
    for name, value in wish.items():
        setattr(follow, name, value)
    follow.save(update_fields=list(wish))


def confirm_follow(*, follow: Follow) -> None:
    Follow.objects.unconfirmed().filter(pk=follow.pk).update(confirmed_at=timezone.now())


def widen_follow(*, follow: Follow) -> None:
    """Widen a confirmed wish to every reply."""
    Follow.objects.confirmed().filter(pk=follow.pk).update(scope=Scope.EVERYTHING)


def stop_following(*, follows: Iterable[Follow]) -> None:
    forget_follows(follows=Follow.objects.filter(pk__in=[follow.pk for follow in follows]))


@transaction.atomic
def forget_follows(*, follows: QuerySet[Follow]) -> None:
    """Delete these wishes, and unsent mails for them."""
    ids = list(follows.values_list("pk", flat=True))
    for some in batches(ids):
        take_back(mails.CONFIRM_FOLLOW, about__in=some)
        take_back(mails.NEW_REPLY, whom__in=map(str, some))
    follows.delete()


@transaction.atomic
def claim_follows(*, user: User, email: str) -> None:
    """Give a guest's wishes to an account; of two about one post the wider one stays."""
    guests = Follow.objects.filter(user=None, email=email)
    for own in Follow.objects.filter(user=user, post__in=guests.values("post")):
        min(guests.get(post=own.post_id), own, key=_width).delete()
    guests.update(user=user, email="", mailbox="")


def _width(follow: Follow) -> tuple[bool, bool]:
    """Return what sorts wishes by width; an unconfirmed one is narrower than any confirmed one."""
    return follow.confirmed_at is not None, follow.is_for_everything


def count_asked(mailbox: str, during: Period) -> int:
    """How many wishes of a mailbox are unconfirmed, and how many mails asked again about others."""
    asked = Follow.objects.unconfirmed().filter(mailbox=mailbox, started_at__range=during).count()
    confirmed = Follow.objects.confirmed().filter(user=None, mailbox=mailbox)
    again = Mail.objects.filter(kind=mails.CONFIRM_FOLLOW, occasion=str(timezone.localdate()))
    return asked + again.filter(about__in=confirmed.values("pk")).count()
