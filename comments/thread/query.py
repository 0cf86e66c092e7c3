"""The query string of a thread: in which order, which page, and which branches are folded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from web.ids import IS_ID

OLDEST, NEWEST, ANSWERED = "", "newest", "answered"
SORTS = {OLDEST: _("Oldest first"), NEWEST: _("Newest first"), ANSWERED: _("Most answered")}
MOST_FOLDED = 20
PAGE_NUMBER = re.compile("[1-9][0-9]{0,5}")


class NotAsked(Exception):
    """The query asks for something that no thread has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One way to read a thread. `folded`: the ids of replies whose answers are hidden."""

    sort: str = OLDEST
    number: int = 1
    folded: tuple[int, ...] = ()

    @classmethod
    def by(cls, query: QueryDict) -> Asked:
        """Read the query string. Raises NotAsked."""
        number, sort, folded = query.get("thread", "1"), query.get("sort"), query.getlist("fold")
        known = sort is None or (sort and sort in SORTS)
        foldable = len(folded) <= MOST_FOLDED and all(map(IS_ID.fullmatch, folded))
        if not (known and foldable and PAGE_NUMBER.fullmatch(number)):
            raise NotAsked
        ids = tuple(dict.fromkeys(map(int, folded)))
        return cls(sort or OLDEST, int(number), () if sort else ids)

    @property
    def is_flat(self) -> bool:
        """Whether answers are listed apart from what they answer."""
        return self.sort != OLDEST

    def query(self, **changes: Any) -> str:
        """Return the query string, with these changes: "" or "?…"."""
        asked = replace(self, **changes)
        pairs: list[tuple[str, str | int]] = [("sort", asked.sort)] * asked.is_flat
        pairs += [("fold", pk) for pk in asked.folded]
        pairs += [("thread", asked.number)] * (asked.number > 1)
        return "?" + urlencode(pairs) if pairs else ""

    def query_to_unfold(self, pk: int) -> str:
        return self.query(folded=tuple(one for one in self.folded if one != pk))

    def query_to_fold(self) -> str:
        """The query that folds one more branch, without its id; beyond twenty the first unfolds."""
        others = self.query(folded=self.folded[1 - MOST_FOLDED :])
        return f"{others}&fold=" if others else "?fold="
