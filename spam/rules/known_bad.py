"""Text common in spam: phrases, markup without effect here, domains that hide where links lead.

`known_bad.txt` beside the rules lists it; what one site wants to keep out belongs in its own rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, pgettext

from comments.text.domains import domains_in
from comments.text.words import words_in
from spam.base import Finding, SpamCase, SpamRule

LIST = Path(__file__).with_name("known_bad.txt")
# Scores: one phrase, all phrases at most, a link beside phrases, a domain, markup.
PHRASE, MOST_FOR_PHRASES, LINKED, DOMAIN, MARKUP = 3, 6, 2, 2, 3
MARKUP_OF_OTHER_SITES = re.compile(r"\[(?:url|link)[=\]]|<a\s+href", re.IGNORECASE)
MOST_NAMED = 5


class KnownBad(SpamRule):
    id = "known_bad"

    def find(self, case: SpamCase) -> Finding | None:
        comment, listed = case.comment, read_list()
        said = [*words_in(comment.name), *case.features.spoken]
        text = f" {' '.join(said)} "
        phrases = [one for one in listed["phrase"] if f" {one} " in text]
        named = dict.fromkeys([*case.features.domains, *sorted(domains_in(comment.reading.text))])
        domains = [one for one in named if one in listed["domain"]]
        markup = bool(MARKUP_OF_OTHER_SITES.search(comment.body))
        score = min(PHRASE * len(phrases), MOST_FOR_PHRASES)
        score += LINKED * bool(phrases and case.features.link_count)
        score += DOMAIN * bool(domains) + MARKUP * markup
        found = (phrases + domains)[:MOST_NAMED]
        return self.found(score, found=found, markup=markup) if score else None

    def words(self, facts: Mapping[str, Any]) -> str:
        quoted = [gettext("“%(word)s”") % {"word": word} for word in facts["found"]]
        markup = [gettext("links in the markup of other sites")] * bool(facts["markup"])
        return gettext("it contains what spam contains: %(list)s") % {
            "list": pgettext("between the parts of a list", ", ").join(quoted + markup)
        }


@lru_cache(maxsize=1)
def read_list() -> dict[str, frozenset[str]]:
    """Return the listed phrases, as `words_in` reads them, and domains."""
    listed: dict[str, set[str]] = {"phrase": set(), "domain": set()}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _space, value = line.partition(" ")
            listed[kind].add(" ".join(words_in(value)) if kind == "phrase" else value)
    return {kind: frozenset(values) for kind, values in listed.items()}
