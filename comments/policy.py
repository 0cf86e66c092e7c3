"""Checks whether a conversation takes a visitor's reply."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.exceptions import CannotReply, PostIsAway
from comments.models import conversation_of
from comments.visitor import Visitor
from site_settings.choices import ReplyPolicy
from web import dates


def check_may_reply(post: Post, visitor: Visitor) -> None:
    """Raises CannotReply if the post takes no replies, or none from this visitor."""
    if not post.is_live:
        raise PostIsAway
    conversation = conversation_of(post)
    if conversation.policy_in_force == ReplyPolicy.CLOSED:
        raise CannotReply(_("This conversation is closed."))
    if conversation.is_over:
        day = dates.day(conversation.ends_at or post.due_at)
        raise CannotReply(_("This conversation closed on %(day)s.") % {"day": day})
    if conversation.is_paused and not visitor.is_author(post):
        raise CannotReply(_("This conversation is paused. Please come back a little later."))
    if conversation.policy_in_force == ReplyPolicy.ACCOUNTS and visitor.user is None:
        raise CannotReply(_("Sign in to reply to this article."), sign_in_helps=True)
