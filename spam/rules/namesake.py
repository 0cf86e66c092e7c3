"""The name looks to readers like that of an author or moderator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Finding, SpamCase, SpamRule


class Namesake(SpamRule):
    """A moderator decides, even about a known writer: readers cannot tell the two apart."""

    id = "namesake"
    # Today's authors and moderators may not have been so then.
    can_be_replayed = False

    def find(self, case: SpamCase) -> Finding | None:
        name = case.evidence.namesake
        return self.found(5, name=name, holds=True) if name else None

    def words(self, facts: Mapping[str, Any]) -> str:
        return gettext("its name reads like that of %(name)s, who writes or moderates here") % facts
