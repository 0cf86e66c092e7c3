"""Earlier replies with the same text, or nearly the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from comments.models import Status
from spam.base import Finding, SpamCase, SpamRule

SCORES = {1: 2, 2: 4}
MANY, SPAM = 6, 6


class Repeated(SpamRule):
    id = "repeated"

    def find(self, case: SpamCase) -> Finding | None:
        same = [reply for reply in case.evidence.neighbours if reply.says_the_same]
        if not same:
            return None
        spam = sum(reply.status == Status.SPAM for reply in same)
        return self.found(SPAM if spam else SCORES.get(len(same), MANY), n=len(same), spam=spam)

    def words(self, facts: Mapping[str, Any]) -> str:
        number, spam = int(facts["n"]), int(facts["spam"])
        if not spam:
            text = ngettext(
                "%(n)d reply of the last weeks says nearly the same",
                "%(n)d replies of the last weeks say nearly the same",
                number,
            )
            return text % {"n": number}
        if spam == number == 1:
            return gettext("a reply that was spam says nearly the same")
        text = ngettext(
            "%(n)d reply of the last weeks says nearly the same; of these were spam: %(spam)d",
            "%(n)d replies of the last weeks say nearly the same; of these were spam: %(spam)d",
            number,
        )
        return text % {"n": number, "spam": spam}
