"""The rules, in the order in which moderators read what they found. To drop one, drop its line."""

from __future__ import annotations

from comments.spam.base import SpamRule
from comments.spam.rules.akismet import AskedAkismet
from comments.spam.rules.haste import Haste
from comments.spam.rules.honeypot import Honeypot
from comments.spam.rules.known_bad import KnownBad
from comments.spam.rules.known_person import KnownPerson
from comments.spam.rules.language import OtherLanguage
from comments.spam.rules.learned import Learned
from comments.spam.rules.links import Links
from comments.spam.rules.namesake import Namesake
from comments.spam.rules.rate import Rate
from comments.spam.rules.repeated import Repeated

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
