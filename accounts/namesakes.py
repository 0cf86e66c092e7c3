"""Names that readers would take for an author's or a moderator's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from time import monotonic

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import Author, User
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
# Each reply asks for all these names. What another process changed is known after so many seconds.
KEPT_FOR = 60

Whose = Mapping[int | None, str]


def namesake(name: str, *, besides: int | None) -> str | None:
    """The name of an author or moderator that this one reads like, titles aside; None if there is none.

    The account with the id `besides` is not asked about.
    """
    known = _names_by_look(int(monotonic() // KEPT_FOR))
    for look in {look_of_name(one) for one in _with_and_without_titles(name)} - {""}:
        for user_id, whose in known.get(look, {}).items():
            if user_id is None or user_id != besides:
                return whose
    return None


def forget_names() -> None:
    """Have them asked for anew in this process."""
    _names_by_look.cache_clear()


@lru_cache(maxsize=1)
def _names_by_look(period: int) -> Mapping[str, Whose]:
    """The names of all authors and moderators, as readers see them, by their look and account."""
    authors = Author.objects.order_by().values_list("name", "user_id")
    shown = Coalesce(NullIf("display_name", Value("")), "username")
    moderators = User.objects.order_by().filter(is_staff=True, author=None)
    by_look: dict[str, dict[int | None, str]] = {}
    for name, user_id in authors.union(moderators.values_list(shown, "pk"), all=True):
        by_look.setdefault(look_of_name(name), {})[user_id] = name
    return by_look


def _with_and_without_titles(name: str) -> tuple[str, str]:
    words = NO_WORD.split(folded(name))
    return name, "".join(word for word in words if word not in TITLES)
