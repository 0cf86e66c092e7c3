"""Checks of what the owner sets."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_settings.bounds import is_line


def check_line(text: str) -> None:
    """Raise ValidationError if the text is not one line without control characters."""
    if not is_line(text):
        raise ValidationError(_("Write one line, without control characters."))


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names of the zones that people live in (tz database), in order."""
    regions = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe")
    wanted = (*regions, "Indian", "Pacific")
    named = sorted(name for name in available_timezones() if name.partition("/")[0] in wanted)
    return (*named, "UTC")


def check_time_zone(name: str) -> None:
    """Raise ValidationError if the tz database of this machine has no such zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError(
            _("There is no time zone “%(name)s” (any more). Choose one from the list."),
            params={"name": name},
        ) from None


def check_languages(codes: object) -> None:
    """Raise ValidationError if this is no list of some of the interface's languages."""
    known = dict(settings.LANGUAGES)
    if not isinstance(codes, list) or not codes or any(code not in known for code in codes):
        raise ValidationError(_("Choose at least one of the languages in the list."))


def all_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
