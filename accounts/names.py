"""What counts as a name: the one that readers see, and the one that people sign in with."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from markup import shows_something

# Persian and the languages of India need these two inside a word; no name needs any other invisible sign.
JOINERS = "\u200c\u200d"
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
MARKS = ("Mn", "Me")
# No language writes more on one letter; what is piled up higher covers the lines above.
MOST_MARKS = 4

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


def validate_name(name: str) -> None:
    """Refuse a name that shows nothing, or that would rearrange the text around it (control signs)."""
    kinds = [unicodedata.category(sign) for sign in name if sign not in JOINERS]
    if any(kind in UNSEEN for kind in kinds):
        raise ValidationError(_("Please leave out invisible characters."), code="invisible")
    if without_piles(name) != name:
        raise ValidationError(_("Please put at most four marks on a letter."), code="marks")
    validate_visible(name)


def validate_visible(text: str) -> None:
    """Refuse a title that shows nothing; invisible signs beside visible ones are its writer's affair."""
    if not shows_something(text):
        raise ValidationError(_("Please use at least one visible character."), code="shows_nothing")


def without_piles(text: str) -> str:
    """The text with at most MOST_MARKS combining marks in a row."""
    if text.isascii():
        return text
    kept, height = [], 0
    for sign in text:
        height = height + 1 if unicodedata.category(sign) in MARKS else 0
        if height <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
