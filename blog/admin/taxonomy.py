"""The admin of categories, series and tags."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from blog.models import Category, Series, Tag
from web.admin.choosing import ChoosesOne, ListsByName
from web.admin.saving_again import SavesAgain

admin.site.unregister(UnusedTag)


class WithPostCount(ListsByName, SavesAgain):
    """A list with a column for the number of posts of each object."""

    posts = "posts"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number_of_posts=Count(self.posts))

    @admin.display(description=_("posts"), ordering="number_of_posts")
    def number_of_posts(self, thing: Category | Series | Tag) -> int:
        return thing.number_of_posts  # type: ignore[union-attr]


@admin.register(Category)
class CategoryAdmin(ChoosesOne, WithPostCount):
    list_display = ("listed_name", "path", "number_of_posts")
    search_fields = ("name", "path")
    autocomplete_fields = ("parent",)


@admin.register(Series)
class SeriesAdmin(WithPostCount):
    list_display = ("listed_name", "number_of_posts")
    search_fields = ("title",)


@admin.register(Tag)
class TagAdmin(WithPostCount):
    posts = "tagged"
    list_display = ("listed_name", "slug", "number_of_posts")
    search_fields = ("name",)
