"""The one way in which settings change, whoever changes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from site_settings.models import KEY, SettingChange, SiteSettings
from site_settings.reading import NAMES, fixed, shown_as
from site_settings.signals import settings_changed
from web.shown import IN_MEMORY, changed

LANGUAGES = frozenset({"languages", "default_language"})


@transaction.atomic
def change_settings(*, values: Mapping[str, Any], by: Any) -> list[SettingChange]:
    """Give settings these values, and return the changes that were logged: none for equal values.

    `by` is a user, or None. Raises ValidationError, by setting, for values that cannot be used and
    for settings that the environment fixes.
    """
    row, _created = SiteSettings.objects.select_for_update().get_or_create(pk=KEY)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=NAMES - values.keys())
    if not LANGUAGES.isdisjoint(values):
        _check_languages(row)
    after = {name: getattr(row, name) for name in values}
    different = [name for name in values if before[name] != after[name]]
    if taken := [name for name in different if fixed(name) is not None]:
        raise ValidationError({name: _("The environment fixes this setting.") for name in taken})
    if not different:
        return []
    row.save(update_fields=different)
    changes = SettingChange.objects.bulk_create(
        SettingChange(setting=name, before=before[name], after=after[name], by=by)
        for name in different
    )
    changed(IN_MEMORY, *map(shown_as, different))
    settings_changed.send(sender=SiteSettings, names=frozenset(different))
    return changes


def _check_languages(row: SiteSettings) -> None:
    """Raise ValidationError if the default language is none of those that are offered."""
    default = fixed("default_language") or row.default_language
    if default not in row.languages:
        text = _("The default language must be among the languages that are offered.")
        raise ValidationError(dict.fromkeys(LANGUAGES, text))


def take_back(*, change: SettingChange, by: Any) -> list[SettingChange]:
    """Give a setting the value that it had before a change. Raises ValidationError as above."""
    return change_settings(values={change.setting: change.before}, by=by)
