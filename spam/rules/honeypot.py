"""The field that people do not see was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Finding, SpamCase, SpamRule


class Honeypot(SpamRule):
    """Not spam by this alone: a text browser shows the field, and a helper may fill it in."""

    id = "honeypot"
    can_be_replayed = False

    def find(self, case: SpamCase) -> Finding | None:
        traces = case.traces
        return self.found(6) if traces and traces.trapped else None

    def words(self, facts: Mapping[str, Any]) -> str:
        return gettext("the field that people do not see was filled in")
