"""What moderators' decisions taught about a reply's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Count, Finding, SpamCase, SpamRule
from spam.bayes import combined, spamminess

# The hash whose row counts the replies themselves.
REPLIES = 0
# The rule finds nothing before moderators decided about this many of each kind.
FEWEST_REPLIES = 20
# The least probability and its score, the highest first.
STEPS = ((0.999, 6), (0.98, 4), (0.9, 2), (0.1, 0), (0.02, -1), (0.0, -2))


class Learned(SpamRule):
    id = "learned"

    def find(self, case: SpamCase) -> Finding | None:
        counts = case.evidence.counts
        replies = counts.get(REPLIES, Count())
        if min(replies) < FEWEST_REPLIES:
            return None
        known = [counts[word] for word in case.features.words if word in counts]
        probability = combined(
            spamminess(ham=one.ham, spam=one.spam, hams=replies.ham, spams=replies.spam)
            for one in known
        )
        score = next(score for least, score in STEPS if probability >= least)
        return self.found(score, percent=round(100 * probability)) if score else None

    def words(self, facts: Mapping[str, Any]) -> str:
        percent = int(facts["percent"])
        if percent < 50:
            return gettext("its words are those of replies that were approved")
        return gettext("its words are those of spam (%(percent)d %%)") % {"percent": percent}
