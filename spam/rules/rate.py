"""How many replies the same sender wrote in the last minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from background.clock import CLOCK_SKEW
from comments.limits import REPLIES_OF_A_GUEST, REPLIES_OF_AN_ACCOUNT
from spam.base import Finding, SpamCase, SpamRule
from web.ratelimit import WINDOW


class Rate(SpamRule):
    """Finds something before `comments.limits` refuses: one address may belong to a school."""

    id = "rate"

    def find(self, case: SpamCase) -> Finding | None:
        since, until = case.now - WINDOW, case.now + CLOCK_SKEW
        own = [one for one in case.evidence.neighbours if one.is_of_sender]
        number = 1 + sum(since <= one.submitted_at <= until for one in own)
        most = REPLIES_OF_AN_ACCOUNT if case.comment.user_id else REPLIES_OF_A_GUEST
        if number * 3 < most * 2:
            return None
        return self.found(3 if number >= most else 1, n=number)

    def words(self, facts: Mapping[str, Any]) -> str:
        number, minutes = int(facts["n"]), int(WINDOW.total_seconds()) // 60
        text = ngettext(
            "%(n)d reply from the same sender in %(minutes)d minutes",
            "%(n)d replies from the same sender in %(minutes)d minutes",
            number,
        )
        return text % {"n": number, "minutes": minutes}
