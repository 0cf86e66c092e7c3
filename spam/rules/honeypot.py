"""The field that people do not see was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Evidenced, Finding, SpamRule


class Honeypot(SpamRule):
    """Not spam by this alone: a text browser shows the field, and a helper may fill it in."""

    id = "honeypot"
    can_be_replayed = False

    def find(self, submission: Evidenced) -> Finding | None:
        signals = submission.signals
        return self.found(6) if signals and signals.trapped else None

    def words(self, facts: Mapping[str, Any]) -> str:
        return gettext("the field that people do not see was filled in")
