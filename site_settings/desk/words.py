"""Values of settings as people read them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, gettext, ngettext

from site_settings.models import SiteSettings


def label_of(name: str) -> str:
    """Return what a setting is called, with a capital."""
    label = str(SiteSettings._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def in_words(name: str, value: Any) -> str:
    """Return the value of a setting in words; "–" for an empty one."""
    if name == "languages":
        codes = [code for code, _name in settings.LANGUAGES if code in (value or ())]
        return ", ".join(str(get_language_info(code)["name_translated"]) for code in codes)
    if value in ("", None):
        return "–"
    if name == "close_after":
        return _days(value) if value else gettext("for ever")
    if name == "edit_window":
        return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}
    choices: Any = dict(SiteSettings._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def _days(number: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
