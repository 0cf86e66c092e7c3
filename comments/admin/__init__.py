"""The moderators' desk, and what it adds to the authors'."""

from comments.admin.desk import CommentAdmin
from comments.admin.log import DecisionAdmin
from comments.admin.posts import PostAdminWithReplies
from comments.admin.rules import RuleAdmin

__all__ = ["CommentAdmin", "DecisionAdmin", "PostAdminWithReplies", "RuleAdmin"]
