"""What counts as a name: the one that readers see, and the one that people sign in with."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from folding import BLANK, IGNORABLE
from markup import shows_something

# Joining Persian and Indic letters, and the parts of an emoji; no name needs any other invisible sign.
ZERO_WIDTH_JOINER = "\u200d"
JOINERS = f"\u200c{ZERO_WIDTH_JOINER}"
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
# The classes of Unicode: a virama joins (UAX 31, section 2.3), an Arabic letter too ("AL").
VIRAMA, ARABIC, MARK_ON_IT = 9, "AL", "NSM"
AS_TEXT_OR_PICTURE = "\ufe0e\ufe0f"
KEYCAPS = "0123456789#*"
# Those that are no symbols by Unicode's word, but pictures too (UTS 51).
PICTURES = "‼⁉ℹ〰〽"
# The flag of a part of a country: its code in tags behind a black flag (UTS 51, ED-14c).
FLAG = re.compile("(\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# What comes along where a name is pasted, at its ends and beside its spaces.
PASTED = "\u061c\u200b-\u200f\u2060\ufeff"
BESIDE_SPACE = re.compile(rf"^[\s{PASTED}]+|[\s{PASTED}]+$|[{PASTED}]+(?=\s)|(?<=\s)[{PASTED}]+")
# Of Mongolian letters and of ideographs, as Japanese names have them.
VARIANT = re.compile("[\u180b-\u180f\ufe00-\ufe0d\U000e0100-\U000e01ef]")
MARKS = ("Mn", "Me")
# No language writes more on one letter; what is piled up higher covers the lines above.
MOST_MARKS = 4
MAY_BE_PILE = re.compile("[\u00ad\u0300-\U0010ffff]" * (MOST_MARKS + 1))
# A mark of this kind has a place of its own beside the letter; what is piled up goes on above it.
BESIDE = "Mc"
TAG = re.compile("<[^>]*>")
TAG_OR_SIGN = re.compile("<[^>]*>|.", re.DOTALL)
# Embeddings, overrides and isolates (UAX 9): a text that they turn reads otherwise than it is compared.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Names that would sound like the site itself speaking, or that mail and web servers give a meaning.
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
    """A name without joiners and marks of direction where they do nothing: at its ends and beside spaces.

    What consists of nothing else comes back as it is.
    """
    return typed if typed.isascii() else BESIDE_SPACE.sub("", typed) or typed


def validate_name(name: str) -> None:
    """Refuse a name that shows nothing, or that would rearrange the text around it (control signs)."""
    if has_needless_signs(name):
        raise ValidationError(_("Please leave out invisible characters."), code="invisible")
    if without_piles(name) != name:
        raise ValidationError(_("Please put at most four marks on a letter."), code="marks")
    validate_visible(name)


def validate_visible(text: str) -> None:
    """Refuse a title that shows nothing; invisible signs beside visible ones are its writer's affair."""
    if not shows_something(text):
        raise ValidationError(_("Please use at least one visible character."), code="shows_nothing")


def has_needless_signs(name: str) -> bool:
    """Whether some sign that nobody sees stands where the script does not need it."""
    name = FLAG.sub(r"\1", name)
    around = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return any(
        _is_unseen(sign) and not _is_needed(before, sign, after) for before, sign, after in around
    )


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN or bool(IGNORABLE.match(sign)) or sign in BLANK


def _is_needed(before: str, sign: str, after: str) -> bool:
    """By the signs around it, as UAX 31 (2.3), UTS 51 (emoji) and UTS 37 (ideographs) have it."""
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
    """The text without signs that turn its direction; each block has that of its first letter."""
    return text if text.isascii() else TURNS.sub("", text)


def without_piles(text: str, *, html: bool = False) -> str:
    """The text with at most MOST_MARKS combining marks in a row, invisible signs between them aside.

    In sanitised HTML they are counted as they are drawn: through its tags.
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
