"""What moderators decide, the rules they make, and what readers report to them."""

from moderation.models.batch import Batch
from moderation.models.decision import Decision, Ticket
from moderation.models.report import Report
from moderation.models.rule import Rule

__all__ = ["Batch", "Decision", "Report", "Rule", "Ticket"]
