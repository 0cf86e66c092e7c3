"""Who may reply: what the post says about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from blog.models import CommentPolicy, Post
from comments.exceptions import CannotReply, PostIsAway
from comments.visitor import Visitor
from web import dates


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
