"""Mails to followers about replies. Each mail goes once."""

from __future__ import annotations

from accounts.models import User
from comments.mail_limits import may_be_mailed
from comments.models import Comment, HeldBecause
from following import mails
from following.models import Follow
from outbox.sending import Topic, put_in_outbox, take_back, was_put_in_outbox


def tell_followers(comment: Comment) -> None:
    """Mail followers about a reply that has appeared."""
    followers = Follow.objects.to_be_told_of(comment).select_related("user", "post")
    for follow in followers.iterator(500):
        if _may_be_told(follow.user) and follow.address:
            mail = mails.new_reply(comment, follow)
            put_in_outbox(mail, Topic(mails.NEW_REPLY, about=comment.pk, whom=str(follow.pk)))


def ask_writer(comment: Comment) -> None:
    """Mail the writer of a reply that appeared: did you ask to be told of answers?

    Only if no such mail was sent: while the filter held the reply, nobody was asked
    (`following.receivers.follow_answers`).
    """
    if not comment.email or comment.held_because == HeldBecause.UNCONFIRMED:
        return
    unconfirmed = Follow.objects.unconfirmed().filter(user=None, email=comment.email)
    for follow in unconfirmed.filter(post=comment.post_id).select_related("post"):
        topic = Topic(mails.CONFIRM_FOLLOW, about=follow.pk)
        if not was_put_in_outbox(topic) and may_be_mailed(comment.email):
            put_in_outbox(mails.confirm_follow(follow), topic)


def untell_followers(comment: Comment) -> None:
    """Take back unsent mails about a reply that readers do not see any more."""
    take_back(mails.NEW_REPLY, about=comment.pk)


def _may_be_told(user: User | None) -> bool:
    return user is None or user.is_active
