"""Finds names that readers would take for an author's or a moderator's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from time import monotonic

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import Author, User
from folding import folded, look_of_name

# Titles that people add to a name to pass for somebody.
TITLES = frozenset(
    (
        *("admin", "administrator", "author", "editor", "mod", "moderator", "official", "op"),
        *("owner", "staff", "team", "verified", "webmaster", "writer"),
        *("auteur", "beheerder", "eigenaar", "geverifieerd", "moderatie", "officieel"),
        *("redacteur", "redactie", "redactrice", "schrijver"),
        *("autor", "autorin", "moderatorin", "offiziell", "redakteur", "redakteurin"),
        *("redaktion", "verifiziert"),
        *("hoofdredacteur", "hoofdredactrice", "eindredacteur", "eindredactrice", "chefredakteur"),
        *("chefredakteurin", "autrice", "schrijfster"),
    )
)
LOOKS_OF_TITLES = frozenset(map(look_of_name, TITLES))
ARTICLES = frozenset("the de het der die das".split())
NO_WORD = re.compile(r"[\W_]+")
# A stroke beside a letter may be the letter l, or part two words.
STROKE = re.compile(r"\|(?=\w)|(?<=\w)\|")
# Other people may have "Jan" or "Van Dijk" in their names, but hardly the whole of a name.
FEWEST_WORDS, FEWEST_LETTERS = 2, 8
# Each reply needs all these names. A change by another process is seen after so many seconds.
KEPT_FOR = 60

Whose = Mapping[int | None, str]


def namesake(name: str, *, besides: int | None) -> str | None:
    """Return the author's or moderator's name that this one resembles, titles aside, or None.

    A name that begins or ends with theirs resembles it too, unless theirs is so short that others
    may have it as a part. The account with the id `besides` is skipped.
    """
    known = _names_by_look(int(monotonic() // KEPT_FOR))
    whole, parts = _looks(name)
    for look in (whole | parts) - {""}:
        for user_id, whose in known.get(look, {}).items():
            is_other = user_id is None or user_id != besides
            if is_other and (look in whole or _is_full(whose, look)):
                return whose
    return None


def forget_names() -> None:
    """Clear this process's cache of names."""
    _names_by_look.cache_clear()


@lru_cache(maxsize=1)
def _names_by_look(period: int) -> Mapping[str, Whose]:
    """Return the names of all authors and moderators, as readers see them, by look and account."""
    authors = Author.objects.order_by().values_list("name", "user_id")
    shown = Coalesce(NullIf("display_name", Value("")), "username")
    moderators = User.objects.order_by().filter(is_staff=True, author=None)
    by_look: dict[str, dict[int | None, str]] = {}
    for name, user_id in (*authors, *moderators.values_list(shown, "pk")):
        by_look.setdefault(look_of_name(name), {})[user_id] = name
    return by_look


def _is_full(name: str, look: str) -> bool:
    return len(look) >= FEWEST_LETTERS and len(NO_WORD.split(name.strip())) >= FEWEST_WORDS


def _looks(name: str) -> tuple[set[str], set[str]]:
    """Return the looks of the whole name, with and without titles, and of its starts and ends."""
    whole, parts = {look_of_name(name)}, set()
    for spelled in {name, STROKE.sub("l", name)}:
        words = NO_WORD.split(folded(spelled))
        whole |= {look_of_name("".join(words)), look_of_name("".join(_without_titles(words)))}
        for place in range(1, len(words)):
            parts |= {look_of_name("".join(words[:place])), look_of_name("".join(words[place:]))}
    return whole, parts


def _without_titles(words: list[str]) -> Iterator[str]:
    """Return the words without titles and their articles; other articles belong to names."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if not (_is_title(word) or (word in ARTICLES and _is_title(following))):
            yield word


def _is_title(word: str) -> bool:
    return look_of_name(word) in LOOKS_OF_TITLES
