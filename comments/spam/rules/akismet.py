"""What Akismet says, where the site's owner has set a key. It is asked in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from comments.spam.base import Finding, SpamRule, Submission

HAM, SPAM, BLATANT = "ham", "spam", "blatant"
SCORES = {HAM: 0, SPAM: 6, BLATANT: 10}


class AskedAkismet(SpamRule):
    """At first only that it is being asked (`comments.spam.tasks`): the reply is held till then."""

    id = "akismet"
    can_be_replayed = False

    def find(self, submission: Submission) -> Finding | None:
        came_by_form = submission.signals is not None
        return self.asked() if settings.PARLEY_AKISMET_KEY and came_by_form else None

    def asked(self) -> Finding:
        return self.found(0, waits=True)

    def answered(self, answer: str) -> Finding:
        return self.found(SCORES[answer], answer=answer)

    def words(self, facts: Mapping[str, Any]) -> str:
        if facts.get("waits"):
            return gettext("it is being checked by Akismet")
        if facts["answer"] == HAM:
            return gettext("Akismet finds nothing wrong with it")
        if facts["answer"] == SPAM:
            return gettext("Akismet takes it for spam")
        return gettext("Akismet takes it for the plainest spam")
