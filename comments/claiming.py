"""A guest who signs up: what was written with the address becomes the account's."""

from __future__ import annotations

from django.db import transaction

from accounts.mailboxes import mailbox_of
from accounts.models import User
from blog.changes import REPLIES, note_change
from comments.avatars import avatar_seed
from comments.confirming import confirm_reply
from comments.models import Comment, Follow, Scope
from comments.spam.learning import forget
from comments.spam.tasks import learn_later


@transaction.atomic
def claim(*, user: User, email: str) -> int:
    """Give an account the replies and follows of an address that it has proven; return how many replies."""
    email = mailbox_of(email)
    guests = Comment.objects.filter(user=None, email=email)
    # Whoever proves the address by signing up need not open the links of its replies too.
    for comment in guests.to_be_confirmed():
        confirm_reply(comment=comment)
    taught = list(guests.exclude(learned_as=""))
    # They teach without their website from now on.
    forget(taught)
    learn_later(taught)
    number = guests.update(
        user=user,
        name=user.public_name,
        email="",
        website="",
        avatar_seed=avatar_seed(user_id=user.pk, email=""),
    )
    if number:
        note_change(REPLIES)  # they carry another name
    _claim_follows(user, email)
    return number


def _claim_follows(user: User, email: str) -> None:
    """Of two wishes about one post the wider one stays."""
    guests = Follow.objects.filter(user=None, email=email)
    for own in Follow.objects.filter(user=user, post__in=guests.values("post")):
        min(guests.get(post=own.post_id), own, key=_width).delete()
    guests.update(user=user, email="", mailbox="")


def _width(follow: Follow) -> tuple[bool, bool]:
    """What is not confirmed is nothing yet, whatever it asks for."""
    return follow.confirmed_at is not None, follow.scope == Scope.EVERYTHING
