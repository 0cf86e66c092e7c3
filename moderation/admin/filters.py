"""The lists and filters of the moderation queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.languages import speaks
from comments.models import Comment, Status
from comments.models.querysets import CommentQuerySet
from web.ids import IS_ID

EVERYTHING, REPORTED, FILTERED = "all", "reported", "held"
MOST_POSTS = 20
# The lists that ask for a decision; their tabs show a number. The first has its status's label.
TO_DO: dict[str, tuple[str | Promise, Callable[[CommentQuerySet], CommentQuerySet]]] = {
    str(Status.PENDING): (Status.PENDING.label, CommentQuerySet.waiting),
    FILTERED: (_("held by the filter"), CommentQuerySet.held_by_filter),
    REPORTED: (_("reported"), CommentQuerySet.reported),
}


class Tab(NamedTuple):
    """A tab. `number` is None if nobody needs to know it."""

    label: str
    query: str
    is_chosen: bool
    number: int | None


def tabs_of(changelist: ChangeList, request: HttpRequest) -> list[Tab]:
    """Return a tab for every list, those that ask for a decision first."""
    chosen = request.GET.get(StatusFilter.parameter_name, str(Status.PENDING))
    theirs = Comment.objects.moderated_by(request.user)
    return [
        Tab(
            label=label,
            query=changelist.get_query_string({StatusFilter.parameter_name: value}, [PAGE_VAR]),
            is_chosen=value == chosen,
            number=TO_DO[value][1](theirs).count() if value in TO_DO else None,
        )
        for value, label in _lists()
    ]


def _lists() -> Iterator[tuple[str, str]]:
    yield from ((value, str(label)) for value, (label, _narrow) in TO_DO.items())
    yield from ((value, str(label)) for value, label in Status.choices if value not in TO_DO)
    yield EVERYTHING, gettext("all")


class StatusFilter(admin.SimpleListFilter):
    """Shows pending replies, unless another list is chosen."""

    title = _("status")
    parameter_name = "status"

    @classmethod
    def is_waiting(cls, request: HttpRequest) -> bool:
        """Return whether the list is of pending replies, which are shown oldest first."""
        chosen = request.GET.get(cls.parameter_name, str(Status.PENDING))
        return chosen in {str(Status.PENDING), FILTERED}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(_lists())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        chosen = self.value() or str(Status.PENDING)
        if chosen == EVERYTHING:
            return queryset
        if chosen in TO_DO and isinstance(queryset, CommentQuerySet):
            return TO_DO[chosen][1](queryset)
        return queryset.filter(status=chosen)


class PostFilter(admin.SimpleListFilter):
    """Offers the posts with most pending replies: a site may have ten thousand posts."""

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


class LanguageFilter(admin.SimpleListFilter):
    """Offers the interface's languages and regional forms: finding others would cost a query."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        tag = self.value()
        return queryset.filter(speaks(tag)) if tag else queryset
