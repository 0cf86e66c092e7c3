"""Who may reply, whose replies appear at once, and who decides."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog import dates
from blog.models import CommentPolicy, Post
from comments.limits import may_be_mailed
from comments.models import Comment, HeldBecause
from comments.querysets import CommentQuerySet


class CannotReply(Exception):
    """No reply is taken here. `message` says why, in words for the person who tried."""

    def __init__(self, message: str | Promise, *, sign_in_helps: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.sign_in_helps = sign_in_helps


class PostIsAway(CannotReply):
    """The post itself is not, or no longer, to be read."""

    def __init__(self) -> None:
        super().__init__(_("This article is not on the site any more, so it takes no replies."))


def check_may_reply(post: Post, user: User | AnonymousUser | None) -> None:
    """Raises CannotReply if the post takes no replies, or none of this person's."""
    if not post.is_live:
        raise PostIsAway
    if post.replies_policy == CommentPolicy.CLOSED:
        raise CannotReply(_("This conversation is closed."))
    if post.replies_are_over:
        day = dates.day(post.replies_end_at or post.due_at)
        raise CannotReply(_("This conversation closed on %(day)s.") % {"day": day})
    if post.comments_paused and not (isinstance(user, User) and _is_author(user, post)):
        raise CannotReply(_("This conversation is paused. Please come back a little later."))
    if post.replies_policy == CommentPolicy.ACCOUNTS and not _has_account(user):
        raise CannotReply(_("Sign in to reply to this article."), sign_in_helps=True)


def reason_to_hold(comment: Comment, *, own_replies: Collection[int]) -> HeldBecause | None:
    """Why the policy has a reply of somebody who is not at home here wait; None if it need not.

    Anyone can type anyone's e-mail address. A guest is therefore known by an approved reply of
    the same address that this very browser sent: one of `own_replies`, by id.
    """
    post, user = comment.post, comment.user
    if post.replies_policy == CommentPolicy.HELD:
        return HeldBecause.EVERY_REPLY
    if post.replies_policy == CommentPolicy.CONFIRMED:
        # An account has confirmed its address.
        if user or is_proven(email=comment.email, own_replies=own_replies):
            return None
        # A mailbox that others filled enough today is not asked: a moderator is.
        asks = may_be_mailed(comment.email)
        return HeldBecause.UNCONFIRMED if asks else HeldBecause.FIRST_REPLY
    theirs = known_replies(user_id=comment.user_id, email=comment.email, own_replies=own_replies)
    is_known = theirs is not None and theirs.approved().exists()
    return None if is_known else HeldBecause.FIRST_REPLY


def is_proven(*, email: str, own_replies: Collection[int]) -> bool:
    """Whether this browser sent a reply with the address that was confirmed from its mailbox."""
    theirs = known_replies(email=email, own_replies=own_replies)
    return theirs is not None and theirs.exclude(confirmed_at=None).exists()


def known_replies(
    *, user_id: int | None = None, email: str = "", own_replies: Collection[int]
) -> CommentQuerySet | None:
    """All of the account; of a guest what this browser sent with the address, for anybody can type anybody's.

    None, without asking, where it sent nothing.
    """
    if user_id:
        return Comment.objects.filter(user=user_id)
    if not own_replies:
        return None
    return Comment.objects.filter(pk__in=own_replies, user=None, email=email)


def is_at_home(user: User | None, post: Post) -> bool:
    """Whether this is an author of the post or a moderator, whose replies nobody holds."""
    return user is not None and (
        user.has_perm("comments.moderate_comment") or _is_author(user, post)
    )


def may_lead(post: Post, user: User | AnonymousUser) -> bool:
    """Whether this person may pin a reply here, and pause or close the conversation.

    Those are the people who decide about its replies: moderators, and the post's authors.
    """
    if not (isinstance(user, User) and user.is_staff):
        return False
    return user.has_perm("comments.moderate_comment") or (
        user.has_perm("comments.moderate_own_comment")
        and any(byline.author.user_id == user.pk for byline in post.bylines.all())
    )


def _has_account(user: User | AnonymousUser | None) -> bool:
    return user is not None and user.is_authenticated


def _is_author(user: User, post: Post) -> bool:
    return post.authors.filter(user=user).exists()
