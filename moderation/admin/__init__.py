"""The moderators' desk, and what it adds to the authors'."""

from moderation.admin.log import DecisionAdmin
from moderation.admin.posts import PostAdminWithReplies
from moderation.admin.queue import CommentAdmin
from moderation.admin.rules import RuleAdmin

__all__ = ["CommentAdmin", "DecisionAdmin", "PostAdminWithReplies", "RuleAdmin"]
