"""The models of decisions, batches, tickets, rules and reports."""

from moderation.models.batch import Batch
from moderation.models.decision import Decision, Ticket
from moderation.models.report import Report
from moderation.models.rule import Rule

__all__ = ["Batch", "Decision", "Report", "Rule", "Ticket"]
