"""Choosing one of many rows in the admin, by typing part of its name."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from web.ids import IS_ID


class ListsByName(admin.ModelAdmin):
    """An admin whose list is sorted by name (`web.collation`), as is its column of names."""

    @admin.display(description=_("name"), ordering="sort_key")
    def listed_name(self, thing: Model) -> str:
        return str(thing)


class ChooseOne(AutocompleteSelect):
    """Django's widget, which would query even what can be no row's id, and fail."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        possible = [one for one in value if IS_ID.fullmatch(str(one))]
        return super().optgroups(name, possible, attr)


class ChoosesOne(BaseModelAdmin):
    """An admin whose `autocomplete_fields` accept any value that is sent without failing."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
