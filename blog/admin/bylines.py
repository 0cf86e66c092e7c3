from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.admin.forms import BylineFormSet
from blog.models import Byline, Post
from web.admin.choosing import ChoosesOne


class BylineInline(ChoosesOne, admin.TabularInline):
    model = Byline
    verbose_name = _("author")
    verbose_name_plural = _("authors")
    formset = BylineFormSet
    fields = ("author", "role", "position")
    autocomplete_fields = ("author",)
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Post | None = None, **kwargs: Any) -> Any:
        formset = cast(type[BylineFormSet], super().get_formset(request, obj, **kwargs))
        formset.user = cast(User, request.user)
        return formset

    def get_extra(self, request: HttpRequest, obj: Post | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1
