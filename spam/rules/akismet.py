"""Akismet's answer, if the site's owner has set a key. It is asked in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Finding, SpamCase, SpamRule

HAM, SPAM, BLATANT = "ham", "spam", "blatant"
SCORES = {HAM: 0, SPAM: 6, BLATANT: 10}


class AskedAkismet(SpamRule):
    """Finds nothing itself: `spam.checking` adds its finding when the answer has come."""

    id = "akismet"
    can_be_replayed = False

    def find(self, case: SpamCase) -> Finding | None:
        return None

    def answered(self, answer: str) -> Finding:
        return self.found(SCORES[answer], answer=answer)

    def words(self, facts: Mapping[str, Any]) -> str:
        if facts["answer"] == HAM:
            return gettext("Akismet finds nothing wrong with it")
        if facts["answer"] == SPAM:
            return gettext("Akismet takes it for spam")
        return gettext("Akismet takes it for the plainest spam")
