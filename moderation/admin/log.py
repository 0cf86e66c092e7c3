"""The log of decisions, read-only: those about one reply, and a list of all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.models import Status
from moderation.models import Decision
from web import dates
from web.collation import sort_key
from web.ids import IS_ID

NOBODY = "nobody"


class ReadOnly(admin.options.BaseModelAdmin):
    """An admin without adding and changing, even for superusers."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def named(decision: Decision) -> str:
    return decision.by.public_name if decision.by else gettext("the site")


class DecisionLog(ReadOnly, admin.TabularInline):
    """The decisions about one reply: who, what and when."""

    model = Decision
    verbose_name_plural = _("decisions so far")
    fields = readonly_fields = ("at", "was", "decision", "who", "note")
    extra = 0
    can_delete = False

    @admin.display(description=_("by"))
    def who(self, decision: Decision) -> str:
        return named(decision)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).select_related("by", "by__author")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Anybody who sees the reply may see the decisions about it."""
        return True


class ModeratorFilter(admin.SimpleListFilter):
    """Offers everybody who ever decided."""

    title = pgettext_lazy("role", "Moderator")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        theirs = Decision.objects.filter(by=OuterRef("pk"))
        deciders = User.objects.filter(Exists(theirs)).select_related("author")
        named = sorted(deciders, key=lambda user: sort_key(user.public_name))
        people = [(str(user.pk), user.public_name) for user in named]
        return [*people, (NOBODY, gettext("the site"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        value = self.value() or ""
        if value == NOBODY:
            return queryset.filter(by=None)
        return queryset.filter(by=int(value)) if IS_ID.fullmatch(value) else queryset


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """All decisions, newest first."""

    list_display = ("when", "what", "who", "about", "note", "taken_back")
    list_display_links = None
    list_filter = (ModeratorFilter, "decision")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    ordering = ("-pk",)
    fields = readonly_fields = ("when", "what", "who", "about", "note")
    change_list_template = "admin/moderation/_change_list.html"

    class Media:
        css = {"all": ("css/queue.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        undone = Decision.objects.filter(
            batch__undoes=OuterRef("batch"), comment=OuterRef("comment")
        )
        lines = super().get_queryset(request).annotate(is_undone=Exists(undone))
        return lines.select_related("by", "by__author", "comment__post").only(
            *("was", "decision", "by__username", "by__display_name", "by__author__name", "at"),
            *("note", "batch", "comment__name", "comment__post__title"),
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A decision is deleted only with its reply, by those who may delete that."""
        match = request.resolver_match
        return match is not None and "moderation_decision" not in match.view_name

    @admin.display(description=_("when"))
    def when(self, decision: Decision) -> str:
        page = reverse("admin:moderation_decision_change", args=[decision.pk])
        return format_html('<a href="{}"><time>{}</time></a>', page, dates.moment(decision.at))

    @admin.display(description=_("decision"))
    def what(self, decision: Decision) -> str:
        if decision.is_change_of_text:
            return gettext("changed by its writer")
        return f"{decision.get_was_display()} → {decision.get_decision_display()}"

    @admin.display(description=_("by"))
    def who(self, decision: Decision) -> str:
        return named(decision)

    @admin.display(description=_("reply"))
    def about(self, decision: Decision) -> str:
        page = reverse("admin:comments_comment_change", args=[decision.comment_id])
        words = {"name": decision.comment.name, "post": decision.comment.post.title}
        return format_html('<a href="{}">{}</a>', page, gettext("%(name)s on “%(post)s”") % words)

    @admin.display(description=_("undo"))
    def taken_back(self, decision: Decision) -> str:
        if decision.is_undone:  # type: ignore[attr-defined]
            return gettext("undone")
        if decision.batch_id is None or decision.decision == Status.DELETED:
            return "–"
        button = '<button type="submit" form="undo" name="batch" value="{}">{}</button>'
        return format_html(button, decision.batch_id, gettext("Undo"))
