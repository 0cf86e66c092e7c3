"""The spam rules, in the order in which moderators read findings. To drop one, drop its line."""

from __future__ import annotations

from spam.base import SpamRule
from spam.rules.akismet import AskedAkismet
from spam.rules.haste import Haste
from spam.rules.honeypot import Honeypot
from spam.rules.known_bad import KnownBad
from spam.rules.known_person import KnownPerson
from spam.rules.language import OtherLanguage
from spam.rules.learned import Learned
from spam.rules.links import Links
from spam.rules.namesake import Namesake
from spam.rules.rate import Rate
from spam.rules.repeated import Repeated

RULES: tuple[SpamRule, ...] = (
    Honeypot(),
    Haste(),
    Namesake(),
    Repeated(),
    Links(),
    OtherLanguage(),
    Rate(),
    KnownBad(),
    Learned(),
    KnownPerson(),
    AskedAkismet(),
)
BY_ID = {rule.id: rule for rule in RULES}
