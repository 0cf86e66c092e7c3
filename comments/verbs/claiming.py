"""Claiming: an account takes over the replies written as a guest with its address."""

from __future__ import annotations

from django.db import transaction

from accounts.mailboxes import mailbox_of
from accounts.models import User
from blog.changes import REPLIES, note_change
from comments.avatars import avatar_seed
from comments.models import Comment
from comments.shown import threads_changed
from comments.signals import address_claimed, replies_changing
from comments.verbs.confirming import confirm_reply
from comments.verbs.rendering import derive_words_of


@transaction.atomic
def claim(*, user: User, email: str) -> int:
    """Give an account the replies of an address that it has proven; return how many."""
    email = mailbox_of(email)
    guests = Comment.objects.filter(user=None, email=email)
    # Signing up proves the address, so its replies need no confirmation of their own.
    for comment in guests.to_be_confirmed():
        confirm_reply(comment=comment)
    replies = list(guests)
    replies_changing.send(sender=Comment, comments=replies)
    threads_changed(reply.post_id for reply in replies)
    number = guests.update(
        user=user,
        name=user.public_name,
        email="",
        website="",
        avatar_seed=avatar_seed(user_id=user.pk, email=""),
    )
    if number:
        note_change(REPLIES)  # the replies show another name
        derive_words_of.enqueue(user.pk)
    address_claimed.send(sender=Comment, user=user, email=email)
    return number
