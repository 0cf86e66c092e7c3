"""Who may reply, and whose replies appear at once: what the post says about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from blog.models import CommentPolicy, Post
from comments.exceptions import CannotReply, PostIsAway
from comments.limits import may_be_mailed
from comments.models import HeldBecause
from comments.verbs.judging import Action, Occasion, Submission, Verdict
from comments.visitor import Visitor
from web import dates

# Among the judges of replies the first.
PLACE = 10


def check_may_reply(post: Post, visitor: Visitor) -> None:
    """Raises CannotReply if the post takes no replies, or none of this person's."""
    if not post.is_live:
        raise PostIsAway
    if post.replies_policy == CommentPolicy.CLOSED:
        raise CannotReply(_("This conversation is closed."))
    if post.replies_are_over:
        day = dates.day(post.replies_end_at or post.due_at)
        raise CannotReply(_("This conversation closed on %(day)s.") % {"day": day})
    if post.comments_paused and not visitor.is_author(post):
        raise CannotReply(_("This conversation is paused. Please come back a little later."))
    if post.replies_policy == CommentPolicy.ACCOUNTS and visitor.user is None:
        raise CannotReply(_("Sign in to reply to this article."), sign_in_helps=True)


def judge_by_policy(submission: Submission) -> Verdict:
    """Hold what the policy holds; what was held for that once need not wait for it again."""
    if submission.occasion is Occasion.RELEASED:
        return Verdict()
    reason = _reason_to_hold(submission)
    return Verdict(Action.HOLD, reason) if reason else Verdict()


def _reason_to_hold(submission: Submission) -> HeldBecause | None:
    comment, visitor = submission.comment, submission.visitor
    policy = comment.post.replies_policy
    if policy == CommentPolicy.HELD:
        return HeldBecause.EVERY_REPLY
    if policy == CommentPolicy.CONFIRMED:
        if visitor.is_proven(comment.email):
            return None
        # A mailbox that others filled enough today is not asked: a moderator is.
        asks = may_be_mailed(comment.email)
        return HeldBecause.UNCONFIRMED if asks else HeldBecause.FIRST_REPLY
    return None if visitor.is_known(comment.email) else HeldBecause.FIRST_REPLY
