"""The form of one group of settings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from site_settings.desk.groups import Group
from site_settings.desk.words import in_words
from site_settings.models import FIXED_BY, SiteSettings
from site_settings.reading import fixed
from site_settings.values import check_time_zone, time_zones


class Languages(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    hidden_widget = forms.MultipleHiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, **options)

    def clean(self, value: Any) -> list[str]:
        """Return the codes in the order of the list."""
        chosen = super().clean(value)
        return [code for code, _name in settings.LANGUAGES if code in chosen]


class TimeZone(forms.ChoiceField):
    """A choice of zones by region; what is not in the list is checked, and told of, as a zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_zones_by_region, **options)

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)
        check_time_zone(value)


def _zones_by_region() -> Iterable[tuple[str, Any]]:
    for region, names in groupby(time_zones(), key=lambda name: name.partition("/")[0]):
        yield region, [(name, name.replace("_", " ")) for name in names]


FIELDS = {"languages": Languages, "time_zone": TimeZone}


def _form_field(field: Any, **options: Any) -> Any:
    if own := FIELDS.get(field.name):
        return own(label=capfirst(field.verbose_name), help_text=field.help_text)
    return field.formfield(**options)


class SettingsForm(forms.ModelForm):
    """Some settings, of which those that the person changed are stored.

    Each field is sent with the value that it showed. So a page that was opened long ago undoes
    nothing that somebody else has set meanwhile.
    """

    class Meta:
        model = SiteSettings
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.stored = {name: getattr(self.instance, name) for name in self.fields}
        self._offer_stored_zone()
        for name, field in self.fields.items():
            field.show_hidden_initial = fixed(name) is None
            if not field.show_hidden_initial:
                self._show_fixed(name)

    def _offer_stored_zone(self) -> None:
        """Show the zone that is stored, though it may be none any more."""
        field, stored = self.fields.get("time_zone"), self.stored.get("time_zone")
        if isinstance(field, TimeZone) and stored not in time_zones():
            field.choices = [(stored, stored), *_zones_by_region()]

    def _show_fixed(self, name: str) -> None:
        self.fields[name] = forms.CharField(
            label=self.fields[name].label,
            help_text=_("Fixed by the environment variable %(name)s.") % {"name": FIXED_BY[name]},
            initial=in_words(name, fixed(name)),
            disabled=True,
        )
        self.initial.pop(name, None)

    def clean(self) -> dict[str, Any]:
        for name in self.changed_data:
            if name in self.cleaned_data and self._was_set_meanwhile(name):
                text = _("Meanwhile this was set to “%(now)s”. Save again to replace that.")
                now = in_words(name, self.stored[name])
                self.add_error(name, ValidationError(text, params={"now": now}))
        return self.cleaned_data

    def _was_set_meanwhile(self, name: str) -> bool:
        """Return whether it has neither the value that the page showed nor the one it is to get."""
        field, now = self[name], self.stored[name]
        hidden: Any = field.field.hidden_widget()
        shown = hidden.value_from_datadict(self.data, self.files, field.html_initial_name)
        return self.cleaned_data[name] != now and field.field.has_changed(now, shown)

    def show_what_is_stored(self) -> None:
        """Have the page with the errors count as one that was opened now."""
        data: Any = self.data
        self.data = data = data.copy()
        for name in self.errors.keys() & self.stored.keys():
            value = self.stored[name]
            values = value if isinstance(value, list) else [value]
            data.setlist(self[name].html_initial_name, [str(one) for one in values])

    @property
    def changed_values(self) -> dict[str, Any]:
        """What the person changed, by setting."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _post_clean(self) -> None:
        """Leave the row alone: `change_settings` checks it, as it is stored then."""


def form_of(group: Group) -> Any:
    return forms.modelform_factory(
        SiteSettings, form=SettingsForm, fields=group.names, formfield_callback=_form_field
    )
