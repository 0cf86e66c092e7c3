"""The conversation: replies, what was decided about them, and what people asked for."""

from comments.models.decision import Decision, Ticket
from comments.models.follow import Follow, Scope
from comments.models.learning import Word
from comments.models.readers import READER_LENGTH, Report, Thanks
from comments.models.reply import LONGEST_BODY, Comment, HeldBecause, Status
from comments.models.rule import Rule

__all__ = [
    "LONGEST_BODY",
    "READER_LENGTH",
    "Comment",
    "Decision",
    "Follow",
    "HeldBecause",
    "Report",
    "Rule",
    "Scope",
    "Status",
    "Thanks",
    "Ticket",
    "Word",
]
