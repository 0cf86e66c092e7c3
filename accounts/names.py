"""The rules for names: those that readers see, and user names."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from folding import BLANK, IGNORABLE
from markup import shows_something

# They join Persian and Indic letters, and parts of an emoji; no name needs other invisible signs.
ZERO_WIDTH_JOINER = "\u200d"
JOINERS = f"\u200c{ZERO_WIDTH_JOINER}"
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
# Unicode classes: a virama joins (UAX 31, section 2.3), and so does an Arabic letter ("AL").
VIRAMA, ARABIC, MARK_ON_IT = 9, "AL", "NSM"
AS_TEXT_OR_PICTURE = "\ufe0e\ufe0f"
KEYCAPS = "0123456789#*"
# Pictures that Unicode does not class as symbols (UTS 51).
PICTURES = "‼⁉ℹ〰〽"
# The flag of a part of a country: a black flag and its code in tags (UTS 51, ED-14c).
FLAG = re.compile("(\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Signs that are pasted along with a name, at its ends and beside its spaces.
PASTED = "\u061c\u200b-\u200f\u2060\ufeff"
BESIDE_SPACE = re.compile(rf"^[\s{PASTED}]+|[\s{PASTED}]+$|[{PASTED}]+(?=\s)|(?<=\s)[{PASTED}]+")
# Variants of Mongolian letters and of ideographs, as Japanese names have them.
VARIANT = re.compile("[\u180b-\u180f\ufe00-\ufe0d\U000e0100-\U000e01ef]")
MARKS = ("Mn", "Me")
# No language puts more on one letter; a higher pile covers the lines above.
MOST_MARKS = 4
MAY_BE_PILE = re.compile("[\u00ad\u0300-\U0010ffff]" * (MOST_MARKS + 1))
# A mark of this kind stands beside the letter; the pile continues above it.
BESIDE = "Mc"
TAG = re.compile("<[^>]*>")
TAG_OR_SIGN = re.compile("<[^>]*>|.", re.DOTALL)
# Embeddings, overrides and isolates (UAX 9): with them a text reads differently than it compares.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Names that seem to speak for the site, or that mail and web servers give a meaning.
RESERVED_USERNAMES = frozenset(
    (
        *("abuse", "hostmaster", "mail", "noreply", "postmaster", "webmaster", "www"),
        *("account", "accounts", "admin", "administrator", "api", "root", "security", "system"),
        *("author", "editor", "everyone", "info", "me", "moderator", "news", "parley", "staff"),
        *("anonymous", "guest", "nobody", "null", "undefined", "user", "help", "support"),
        *("login", "logout", "signup"),
    )
)


def tidy_name(typed: str) -> str:
    """Return a name without joiners and direction marks at its ends and by spaces, where they do nothing.

    A name that consists of nothing else comes back unchanged.
    """
    return typed if typed.isascii() else BESIDE_SPACE.sub("", typed) or typed


def validate_name(name: str) -> None:
    """Refuse a name that shows nothing or can reorder text around it (control characters)."""
    if has_needless_signs(name):
        raise ValidationError(_("Please leave out invisible characters."), code="invisible")
    if without_piles(name) != name:
        raise ValidationError(_("Please put at most four marks on a letter."), code="marks")
    validate_visible(name)


def validate_visible(text: str) -> None:
    """Refuse a title that shows nothing; invisible signs beside visible ones are allowed."""
    if not shows_something(text):
        raise ValidationError(_("Please use at least one visible character."), code="shows_nothing")


def has_needless_signs(name: str) -> bool:
    """Return whether the name has an invisible sign where its script does not need it."""
    name = FLAG.sub(r"\1", name)
    around = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return any(
        _is_unseen(sign) and not _is_needed(before, sign, after) for before, sign, after in around
    )


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN or bool(IGNORABLE.match(sign)) or sign in BLANK


def _is_needed(before: str, sign: str, after: str) -> bool:
    """Return whether the sign is needed: UAX 31 (2.3), UTS 51 (emoji), UTS 37 (ideographs)."""
    is_symbol = before in AS_TEXT_OR_PICTURE or _is_picture(before)
    if sign in JOINERS:
        is_emoji = is_symbol and _is_picture(after)
        return _joins_letters(before, after) or (is_emoji and sign == ZERO_WIDTH_JOINER)
    if sign in AS_TEXT_OR_PICTURE:
        return is_symbol or before in KEYCAPS
    return bool(VARIANT.match(sign)) and unicodedata.category(before) == "Lo"


def _is_picture(sign: str) -> bool:
    return sign in PICTURES or unicodedata.category(sign).startswith("S")


def _joins_letters(before: str, after: str) -> bool:
    is_indic = VIRAMA in {unicodedata.combining(before), unicodedata.combining(after)}
    kinds = unicodedata.bidirectional(before), unicodedata.bidirectional(after)
    return is_indic or kinds in {(ARABIC, ARABIC), (MARK_ON_IT, ARABIC)}


def without_turns(text: str) -> str:
    """Return the text without signs that change its direction; a block uses its first letter's."""
    return text if text.isascii() else TURNS.sub("", text)


def without_piles(text: str, *, html: bool = False) -> str:
    """Return the text with at most MOST_MARKS combining marks in a row, ignoring invisible signs.

    In sanitised HTML the count ignores tags, as the text is drawn.
    """
    if text.isascii() or not MAY_BE_PILE.search(TAG.sub("", text) if html else text):
        return text
    kept, height = [], 0
    for sign in TAG_OR_SIGN.findall(text) if html else text:
        if sign[1:]:
            kept.append(sign)
            continue
        kind = unicodedata.category(sign)
        if kind in MARKS:
            height += 1
        elif kind != BESIDE and not IGNORABLE.match(sign):
            height = 0
        if height <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
