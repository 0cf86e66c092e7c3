"""Why a reply was held, in words for moderators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from comments.models import Comment
from spam.rules import BY_ID


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


def is_being_checked(comment: Comment) -> bool:
    """Whether Akismet is still asked about a reply; one query where nothing was read along."""
    check = getattr(comment, "akismet_check", None)
    return check is not None and not check.answer
