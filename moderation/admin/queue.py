"""The moderation queue: pending replies, oldest first, and one page for each reply."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from comments.models import DECIDES_ALL, DECIDES_OWN, Comment, Status
from moderation.admin import responses
from moderation.admin.answer import AnsweringAdmin
from moderation.admin.cards import Card, cards_of
from moderation.admin.decide import DecidingAdmin, moderator
from moderation.admin.filters import (
    EVERYTHING,
    LanguageFilter,
    PostFilter,
    StatusFilter,
    Tab,
    tabs_of,
)
from moderation.admin.forms import DecisionForm
from moderation.admin.log import DecisionLog
from moderation.bulk import is_at_work
from moderation.choices import VERBS
from moderation.deciding import Outcome

BULK = {
    "approve": VERBS[Status.APPROVED],
    "reject": VERBS[Status.REJECTED],
    "spam": VERBS[Status.SPAM],
    "remove": VERBS[Status.REMOVED],
}


class Queue(ChangeList):
    """A page of replies as cards, and the tabs of all lists.

    All of it is read when the page is rendered, since a bulk decision needs none of it.
    """

    def get_results(self, request: HttpRequest) -> None:
        """Choose the replies by their keys alone: sorting whole rows takes long."""
        super().get_results(request)
        self.request = request
        self.newest = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.result_list = list(self.result_list.values_list("pk", flat=True))

    @cached_property
    def cards(self) -> list[Card]:
        replies = (
            Comment.objects.for_queue().select_related("akismet_check").in_bulk(self.result_list)
        )
        found = (replies[pk] for pk in self.result_list if pk in replies)
        return cards_of(found)

    @cached_property
    def tabs(self) -> list[Tab]:
        return tabs_of(self, self.request)

    @cached_property
    def is_at_work(self) -> bool:
        return is_at_work()

    @property
    def bulk_choices(self) -> list[tuple[str, str | Promise]]:
        """The actions by their verbs alone; the page says which replies they are about."""
        return [(f"{name}_selected", verb) for name, verb in BULK.items()]


@admin.register(Comment)
class CommentAdmin(AnsweringAdmin, DecidingAdmin):
    """The admin of replies: buttons decide by a POST to their own page; nothing is edited."""

    list_display = ("__str__",)
    list_display_links = None
    fields = readonly_fields = ("reply", "writer", "state")
    list_filter = (StatusFilter, PostFilter, LanguageFilter)
    list_per_page = 25
    show_full_result_count = False
    search_fields = ("body", "name", "email", "post__title")
    search_help_text = _("Words of the reply, a name, an e-mail address or the title of a post")
    actions = ("approve_selected", "reject_selected", "spam_selected", "remove_selected")
    change_form_template = "admin/moderation/queue/change_form.html"
    change_list_template = "admin/moderation/queue/change_list.html"

    class Media:
        css = {"all": ("css/queue.css",)}

    # --- who sees what ---

    def get_inlines(self, request: HttpRequest, obj: Comment | None = None) -> list[Any]:
        """The log, if there is something in it."""
        return [DecisionLog] if obj and obj.decisions.exists() else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return Comment.objects.moderated_by(moderator(request)).for_queue()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Deciding is the only change; the queryset says about which replies."""
        user = moderator(request)
        return user.has_perm(DECIDES_ALL) or user.has_perm(DECIDES_OWN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """A reply is deleted only with its post. A moderator removes it instead: the log stays."""
        return False

    # --- the queue ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Pending replies from the oldest on, others from the newest on, as an index sorts them."""
        if StatusFilter.is_waiting(request):
            return ["submitted_at", "pk"]
        is_narrowed = request.GET.get(StatusFilter.parameter_name) != EVERYTHING
        return ["-submitted_at", "-pk"] if is_narrowed else ["-pk"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        is_of_one = DecisionForm.is_in(request.POST) or "action" not in request.POST
        if request.method == "POST" and is_of_one and self.has_change_permission(request):
            outcome = self.decide_one(request)
            return self.tell_of_one(request, outcome, back_to="#queue")
        context = {"title": gettext("Replies")} | (extra_context or {})
        return super().changelist_view(request, context)

    @admin.display(description=pgettext_lazy("noun", "reply"))
    def reply(self, comment: Comment) -> SafeString:
        return _rendered("reply", comment)

    @admin.display(description=_("from"))
    def writer(self, comment: Comment) -> SafeString:
        return _rendered("writer", comment)

    @admin.display(description=_("status"))
    def state(self, comment: Comment) -> SafeString:
        return _rendered("standing", comment)

    @admin.action(description=_("Approve the selected replies"))
    def approve_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide_many(request, comments, Status.APPROVED)

    @admin.action(description=_("Reject the selected replies"))
    def reject_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide_many(request, comments, Status.REJECTED)

    @admin.action(description=_("Mark the selected replies as spam"))
    def spam_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide_many(request, comments, Status.SPAM)

    @admin.action(description=_("Remove the selected replies"))
    def remove_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide_many(request, comments, Status.REMOVED)

    # --- the page of one reply ---

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Comment | None:
        comment = super().get_object(request, object_id, from_field)
        if comment is not None:
            comment.card = cards_of([comment])[0]
        return comment

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = kwargs["obj"]
        context |= {"comment": comment, "card": comment.card, "title": gettext("Reply")}
        return super().render_change_form(request, context, *args, **kwargs)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or not self.has_change_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        outcome = self.decide_one(request)
        if outcome.untouched:
            return self._page_again(request, object_id, outcome)
        return self.tell_of_one(request, outcome)

    def _page_again(self, request: HttpRequest, object_id: str, outcome: Outcome) -> HttpResponse:
        """Answer 409 with the page as it is now, the earlier decision and the typed note."""
        responses.tell(request, responses.why_untouched(outcome), is_warning=True)
        # The admin would read a POST as its own form; the page sends none, and shows the new version.
        request.method = "GET"
        note = {"note": request.POST.get("note", "")}
        page = super().change_view(request, object_id, extra_context=note)
        page.status_code = 409
        return page

    def view_on_site(self, obj: Comment) -> str | None:
        shown = obj.post.is_live and (obj.is_approved or obj.descendant_count)
        return obj.get_absolute_url() if shown else None


def _rendered(part: str, comment: Comment) -> SafeString:
    context = {"comment": comment, "card": comment.card}  # type: ignore[attr-defined]
    return render_to_string(f"admin/moderation/queue/_{part}.html", context)
