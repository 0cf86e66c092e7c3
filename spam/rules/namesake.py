"""The name is that of an author or moderator, as a reader would take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from spam.base import Evidenced, Finding, SpamRule


class Namesake(SpamRule):
    """A moderator decides, however well the writer is known: readers cannot tell them apart."""

    id = "namesake"
    # Who writes and moderates today may not have done so then.
    can_be_replayed = False

    def find(self, submission: Evidenced) -> Finding | None:
        name = submission.evidence.namesake
        return self.found(5, name=name, holds=True) if name else None

    def words(self, facts: Mapping[str, Any]) -> str:
        return gettext("its name reads like that of %(name)s, who writes or moderates here") % facts
