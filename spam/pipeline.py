"""Runs all spam rules on a reply."""

from __future__ import annotations

from spam.base import Evidenced
from spam.rules import RULES
from spam.verdicts import Verdict, verdict_on


def judge(submission: Evidenced) -> Verdict:
    """Return what the rules find, in their order, and the outcome."""
    said = [rule.find(submission) for rule in RULES]
    return verdict_on(finding for finding in said if finding)
