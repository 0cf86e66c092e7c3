"""The number of links, and what became of replies that linked to the same domains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from spam.base import Count, Finding, SpamCase, SpamRule

# A domain counts once moderators have decided about this many replies that linked to it.
FEWEST = 2
MOSTLY, OFTEN = 0.8, 0.5


class Links(SpamRule):
    id = "links"

    def find(self, case: SpamCase) -> Finding | None:
        number = case.features.link_count
        domain, count = _worst(case)
        score = _score_of_number(number) + _score_of_domain(count)
        if not score:
            return None
        if not _score_of_domain(count):
            return self.found(score, n=number)
        return self.found(score, n=number, domain=domain, spam=count.spam, decided=sum(count))

    def words(self, facts: Mapping[str, Any]) -> str:
        number = int(facts["n"])
        text = ngettext("%(n)d link", "%(n)d links", number) % {"n": number}
        if "domain" not in facts:
            return text
        domain = (
            gettext("%(domain)s, whose replies were spam %(spam)d of %(decided)d times") % facts
        )
        if not number:
            return gettext("the website is on %(domain)s") % {"domain": domain}
        return gettext("%(links)s, one to %(domain)s") % {"links": text, "domain": domain}


def _worst(case: SpamCase) -> tuple[str, Count]:
    """Return the linked domain with the highest score, the writer's website included."""
    counts = case.evidence.counts
    known = [(host, counts.get(key, Count())) for host, key in case.features.domains.items()]
    return max(known, key=lambda pair: _score_of_domain(pair[1]), default=("", Count()))


def _score_of_domain(count: Count) -> int:
    if sum(count) < FEWEST:
        return 0
    share = count.spam / sum(count)
    return 5 if share >= MOSTLY else 2 if share >= OFTEN else 0


def _score_of_number(links: int) -> int:
    if links < 2:
        return 0
    return 1 if links == 2 else 2 if links <= 4 else 4
