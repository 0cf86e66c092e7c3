"""Which replies the desk shows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.ids import IS_ID
from comments.models import Comment, Status

EVERYTHING = "all"
MOST_POSTS = 20


class StatusFilter(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Status.choices] + [
            (EVERYTHING, gettext("all"))
        ]

    def chosen(self) -> str:
        return self.value() or str(Status.PENDING)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return queryset if self.chosen() == EVERYTHING else queryset.filter(status=self.chosen())

    def choices(self, changelist: ChangeList) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": value == self.chosen(),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


class PostFilter(admin.SimpleListFilter):
    """The posts with most replies waiting; on a site with ten thousand posts not all of them."""

    title = _("post")
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        waiting = Comment.objects.moderated_by(request.user).waiting().order_by()
        counted = waiting.values_list("post", "post__title").annotate(number=Count("pk"))
        return [
            (str(pk), title) for pk, title, _n in counted.order_by("-number", "post")[:MOST_POSTS]
        ]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        value = self.value() or ""
        return queryset.filter(post=int(value)) if IS_ID.fullmatch(value) else queryset
