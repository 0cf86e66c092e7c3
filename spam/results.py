"""What becomes of a reply by what the spam rules found: the sum of their scores decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from spam.base import Finding

HOLD_FROM, SPAM_FROM = 5, 10


class Outcome(Enum):
    """What the filter does with a reply; held replies and spam are stored, and can be approved."""

    APPEAR = "appear"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Result:
    outcome: Outcome
    findings: tuple[Finding, ...]


def result_of(findings: Iterable[Finding]) -> Result:
    """Return the outcome of these findings."""
    findings = tuple(findings)
    total = sum(finding.score for finding in findings)
    if total >= SPAM_FROM:
        return Result(Outcome.SPAM, findings)
    held = total >= HOLD_FROM or any(finding.holds for finding in findings)
    return Result(Outcome.HOLD if held else Outcome.APPEAR, findings)


def stored_result(stored: Iterable[dict[str, Any]]) -> Result:
    """Return the result of the findings stored with a reply (`Comment.findings`)."""
    return result_of(map(_finding, stored))


def _finding(stored: dict[str, Any]) -> Finding:
    return Finding(**stored)
