"""How soon the form was sent after it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from spam.base import Finding, SpamCase, SpamRule

# In seconds. Below the first hardly any person sends a reply; from the second on people do.
IMPOSSIBLE, QUICK = 3, 8


class Haste(SpamRule):
    id = "haste"
    can_be_replayed = False

    def find(self, case: SpamCase) -> Finding | None:
        if case.traces is None:
            return None
        seconds = case.traces.seconds
        if seconds is None:
            return self.found(1)
        if seconds >= QUICK:
            return None
        return self.found(3 if seconds < IMPOSSIBLE else 1, seconds=round(seconds))

    def words(self, facts: Mapping[str, Any]) -> str:
        if "seconds" not in facts:
            return gettext("the form did not tell when it was made")
        seconds = int(facts["seconds"])
        text = ngettext(
            "sent %(n)d second after the form was opened",
            "sent %(n)d seconds after the form was opened",
            seconds,
        )
        return text % {"n": seconds}
