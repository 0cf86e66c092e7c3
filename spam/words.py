"""Why a reply was held, in words for moderators."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from comments.models import Comment
from spam.models import AkismetCheck
from spam.rules import BY_ID


class Reason(NamedTuple):
    words: str
    score: int

    @property
    def signed(self) -> str:
        """ "+3", or "−2" with a true minus."""
        return f"{self.score:+d}".replace("-", "−")


def reasons(comment: Comment) -> list[Reason]:
    """What the filter found, in the active language. Findings of a dropped rule are left out."""
    found = [
        Reason(BY_ID[finding["rule"]].words(finding["facts"]), finding["score"])
        for finding in comment.findings
        if finding["rule"] in BY_ID
    ]
    if _is_being_checked(comment):
        found.append(Reason(gettext("it is being checked by Akismet"), 0))
    return found


def _is_being_checked(comment: Comment) -> bool:
    """Whether Akismet has still to answer; one query, unless the check was read with the reply."""
    check: AkismetCheck | None = getattr(comment, "akismet_check", None)
    return check is not None and not check.answer
