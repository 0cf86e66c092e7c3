"""The filters beside the list of posts."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Author
from blog.languages import by_name, language_name
from blog.models import SCHEDULED, Post, Status


class StateFilter(admin.SimpleListFilter):
    """Filters by the status that people see, SCHEDULED included."""

    title = _("status")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> Iterable[tuple[str, str]]:
        named = [(value, str(label)) for value, label in Status.choices]
        return [*named[:2], (SCHEDULED, gettext("scheduled")), *named[2:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        state = self.value()
        if state == SCHEDULED:
            return queryset.scheduled()  # type: ignore[attr-defined]
        if state == Status.PUBLISHED:
            return queryset.live()  # type: ignore[attr-defined]
        return queryset.filter(status=state) if state in Status.values else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> Iterable[tuple[str, str]]:
        used = Post.objects.order_by().values_list("language", flat=True).distinct()
        return [(tag, language_name(tag)) for tag in by_name(used)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        tag = self.value()
        return queryset.filter(language=tag) if tag else queryset


class AuthorFilter(admin.SimpleListFilter):
    title = _("author")
    parameter_name = "author"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> Iterable[tuple[str, str]]:
        return [(author.slug, author.name) for author in Author.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        slug = self.value()
        return queryset.filter(bylines__author__slug=slug) if slug else queryset
