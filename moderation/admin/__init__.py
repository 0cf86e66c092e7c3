"""The moderators' part of the admin, and its additions to the authors' part."""

from moderation.admin import posts  # noqa: F401
from moderation.admin.log import DecisionAdmin
from moderation.admin.queue import CommentAdmin
from moderation.admin.rules import RuleAdmin

__all__ = ["CommentAdmin", "DecisionAdmin", "RuleAdmin"]
