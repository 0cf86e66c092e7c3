"""Earlier approved replies of a writer speak for a reply; earlier spam speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from comments.models import Status
from spam.base import Finding, SpamCase, SpamRule

# The least number of approved replies and its score, the highest first.
CREDIT = ((10, -4), (3, -2), (1, -1))


class KnownPerson(SpamRule):
    id = "known_person"

    def find(self, case: SpamCase) -> Finding | None:
        history = case.evidence.history
        if spam := history.count(Status.SPAM):
            return self.found(3, spam=spam)
        approved = history.count(Status.APPROVED)
        score = next((score for number, score in CREDIT if approved >= number), 0)
        return self.found(score, approved=approved) if score else None

    def words(self, facts: Mapping[str, Any]) -> str:
        if spam := int(facts.get("spam", 0)):
            text = ngettext(
                "%(n)d earlier reply of this person was spam",
                "%(n)d earlier replies of this person were spam",
                spam,
            )
            return text % {"n": spam}
        approved = int(facts["approved"])
        text = ngettext(
            "%(n)d earlier reply of this person was approved",
            "%(n)d earlier replies of this person were approved",
            approved,
        )
        return text % {"n": approved}
