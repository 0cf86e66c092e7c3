"""Why a reply was held, in words for moderators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from comments.spam.rules import BY_ID


class Reason(NamedTuple):
    words: str
    score: int

    @property
    def signed(self) -> str:
        """ "+3", or "−2" with a true minus."""
        return f"{self.score:+d}".replace("-", "−")


def reasons(findings: Iterable[dict[str, Any]]) -> list[Reason]:
    """What the rules found, in the language that is active. A rule that has gone says nothing."""
    return [
        Reason(BY_ID[finding["rule"]].words(finding["facts"]), finding["score"])
        for finding in findings
        if finding["rule"] in BY_ID
    ]
