"""The name is that of an author or moderator, as a reader would take it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from comments.spam.base import Finding, SpamRule, Submission
from folding import folded, look_of_name

# What people write beside a name to be taken for somebody.
TITLES = frozenset(
    (
        *("admin", "administrator", "author", "editor", "mod", "moderator", "official", "op"),
        *("owner", "staff", "team", "verified", "webmaster", "writer"),
        *("auteur", "beheerder", "eigenaar", "geverifieerd", "moderatie", "officieel"),
        *("redacteur", "redactie", "redactrice", "schrijver"),
        *("autor", "autorin", "moderatorin", "offiziell", "redakteur", "redakteurin"),
        *("redaktion", "verifiziert"),
    )
)
NO_WORD = re.compile(r"[\W_]+")


class Namesake(SpamRule):
    """A moderator decides, however well the writer is known: readers cannot tell them apart."""

    id = "namesake"
    # Who writes and moderates today may not have done so then.
    can_be_replayed = False

    def find(self, submission: Submission) -> Finding | None:
        looks = {look_of_name(name) for name in _with_and_without_titles(submission.comment.name)}
        same = (name for name in submission.evidence.names if look_of_name(name) in looks - {""})
        name = next(same, None)
        return self.found(5, name=name, holds=True) if name else None

    def words(self, facts: Mapping[str, Any]) -> str:
        return gettext("its name reads like that of %(name)s, who writes or moderates here") % facts


def _with_and_without_titles(name: str) -> tuple[str, str]:
    words = NO_WORD.split(folded(name))
    return name, "".join(word for word in words if word not in TITLES)
