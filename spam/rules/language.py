"""A text in another language than the article's, or in letters of no language here.

It is recognised by the small words that make up a third of any text. The rule finds nothing in
short texts or where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from blog.languages import is_in_latin_letters, language_name, primary
from comments.text.words import ADDRESS
from spam.base import Finding, SpamCase, SpamRule

SMALL_WORDS = {
    "nl": frozenset(
        "aan als alleen bij dat de deze dit dus een en er het hij hoe ik je kan maar meer met naar niet "
        "nog nu of om ook op over te toch uit van veel voor waar wat wel we wij worden zo zijn".split()
    ),
    "de": frozenset(
        "aber als auch auf aus bei das dass dem den der des die doch du ein eine einen er es für "
        "hat ich im in ist kann man mehr mit nach nicht noch nur oder sehr sich sie sind so und "
        "von vor wie wir zu zum".split()
    ),
    "en": frozenset(
        "about all an and are as at be but by can do for from have how i if in is it more my not "
        "of on one or so that the their there they this to was we were what when which with would "
        "you your".split()
    ),
}
FEWEST_WORDS, FEWEST_LETTERS = 20, 12
# Shares of small words: below the first it is not the language, from the second on it is.
ABSENT, PRESENT = 0.06, 0.2
LAST_LATIN = 0x24F
CODE = re.compile(r"```[^`]*```|`[^`]*`")
WORD = re.compile(r"[^\W\d_]+")


class OtherLanguage(SpamRule):
    id = "language"

    def find(self, case: SpamCase) -> Finding | None:
        expected = case.post.language
        known = primary(expected)
        text = ADDRESS.sub(" ", CODE.sub(" ", case.comment.body)).casefold()
        percent = _percent_not_latin(text) if is_in_latin_letters(expected) else 0
        if percent:
            return self.found(4, percent=percent)
        shares = _shares(WORD.findall(text))
        if shares.get(known, 1) >= ABSENT:
            return None
        likeliest = max(shares, key=lambda code: shares[code])
        if shares[likeliest] >= PRESENT:
            return self.found(1, seen=likeliest, expected=expected)
        return self.found(2, expected=expected)

    def words(self, facts: Mapping[str, Any]) -> str:
        if "percent" in facts:
            return gettext("of its letters %(percent)d %% are not Latin ones") % facts
        named = {key: language_name(tag) for key, tag in facts.items()}
        if "seen" in facts:
            return gettext("its language is %(seen)s, the article's is %(expected)s") % named
        return gettext("its language is not the article's, %(expected)s") % named


def _percent_not_latin(text: str) -> int:
    """Return the percentage of a text's letters that are not Latin, if above 50; else 0."""
    if text.isascii():
        return 0
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(ord(letter) > LAST_LATIN for letter in letters)
    if len(letters) < FEWEST_LETTERS or foreign * 2 <= len(letters):
        return 0
    return 100 * foreign // len(letters)


def _shares(words: list[str]) -> dict[str, float]:
    """Return the share of each language's small words in a text; {} for a short text."""
    if len(words) < FEWEST_WORDS:
        return {}
    return {
        code: sum(word in small for word in words) / len(words)
        for code, small in SMALL_WORDS.items()
    }
