"""The moderators' desk: a queue of what waits, oldest first, and one page for each reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.admin.filters import PostFilter, StatusFilter
from comments.models import Comment, Decision, Status
from comments.moderation import Outcome, decide

NOTE_LENGTH = 300
PRESSED = re.compile(
    r"(approved|rejected|spam|removed):([0-9]{1,18}):(pending|approved|rejected|spam|removed)"
)
VERBS = {
    Status.APPROVED: pgettext_lazy("moderation", "Approve"),
    Status.REJECTED: pgettext_lazy("moderation", "Reject"),
    Status.SPAM: pgettext_lazy("moderation", "Spam"),
    Status.REMOVED: pgettext_lazy("moderation", "Remove"),
}
Choices = Sequence[tuple[Status, Promise]]
# What can be done with a reply of each status, the likeliest first.
CHOICES = {
    Status.PENDING: (Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED),
    Status.APPROVED: (Status.REMOVED, Status.SPAM),
    Status.REJECTED: (Status.APPROVED, Status.SPAM),
    Status.SPAM: (Status.APPROVED, Status.REJECTED),
    Status.REMOVED: (Status.APPROVED, Status.SPAM),
}


class Queue(ChangeList):
    """A page of replies, each with what its writer's earlier ones came to, by one query for all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        replies = list(self.result_list)
        histories = Comment.objects.histories({reply.person for reply in replies})
        for reply in replies:
            reply.history = histories.get(reply.person, {})
        self.result_list = replies


class DecisionLog(admin.TabularInline):
    """Who decided what, and when. Nobody edits it."""

    model = Decision
    verbose_name_plural = _("decisions so far")
    fields = readonly_fields = ("at", "was", "decision", "who", "note")
    extra = 0
    can_delete = False

    @admin.display(description=_("by"))
    def who(self, decision: Decision) -> str:
        return decision.by.public_name if decision.by else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).select_related("by", "by__author")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the reply may see how it came to where it is."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Replies are decided about, by buttons that post to the page they stand on; nothing else is edited."""

    list_display = ("reply", "writer", "standing")
    list_display_links = None
    fields = readonly_fields = ("reply", "writer", "state")
    list_filter = (StatusFilter, PostFilter, "language")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("body", "name", "email", "post__title")
    actions = ("approve_selected", "reject_selected", "spam_selected", "remove_selected")
    change_form_template = "admin/comments/comment/change_form.html"

    class Media:
        css = {"all": ("css/queue.css",)}

    # --- who sees what ---

    def get_inlines(self, request: HttpRequest, obj: Comment | None = None) -> list[Any]:
        """The log, once there is something in it."""
        return [DecisionLog] if obj and obj.decisions.exists() else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return Comment.objects.moderated_by(_moderator(request)).for_queue()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """To decide is all the change there is; about which replies, the queryset says."""
        user = _moderator(request)
        return user.has_perm("comments.moderate_comment") or user.has_perm(
            "comments.moderate_own_comment"
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """A reply goes only with its post, for who may delete that. Else it is removed: the log stays."""
        match = request.resolver_match
        return match is not None and "comments_comment" not in match.view_name

    # --- the queue ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        waiting = request.GET.get("status", Status.PENDING) == Status.PENDING
        return ["submitted_at", "pk"] if waiting else ["-submitted_at", "-pk"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "decide" in request.POST and self.has_change_permission(request):
            return self._decide_one(request, back_to="#changelist-form")
        context = {"title": gettext("Replies")} | (extra_context or {})
        return super().changelist_view(request, context)

    @admin.display(description=pgettext_lazy("noun", "reply"))
    def reply(self, comment: Comment) -> SafeString:
        return _rendered("reply", comment)

    @admin.display(description=_("from"))
    def writer(self, comment: Comment) -> SafeString:
        return _rendered("writer", comment)

    @admin.display(description=_("decision"))
    def standing(self, comment: Comment) -> SafeString:
        return _rendered("standing", comment, choices=_choices(comment))

    @admin.display(description=_("status"))
    def state(self, comment: Comment) -> SafeString:
        return _rendered("standing", comment)

    @admin.action(description=_("Approve the selected replies"))
    def approve_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_many(request, comments, Status.APPROVED)

    @admin.action(description=_("Reject the selected replies"))
    def reject_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_many(request, comments, Status.REJECTED)

    @admin.action(description=_("Mark the selected replies as spam"))
    def spam_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_many(request, comments, Status.SPAM)

    @admin.action(description=_("Remove the selected replies"))
    def remove_selected(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_many(request, comments, Status.REMOVED)

    # --- the page of one reply ---

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Comment | None:
        comment = super().get_object(request, object_id, from_field)
        if comment is not None:
            comment.history = Comment.objects.histories({comment.person}).get(comment.person, {})
        return comment

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = kwargs["obj"]
        context |= {"comment": comment, "choices": _choices(comment), "title": gettext("Reply")}
        return super().render_change_form(request, context, *args, **kwargs)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and self.has_change_permission(request):
            return self._decide_one(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def view_on_site(self, obj: Comment) -> str | None:
        shown = obj.post.is_live and (obj.is_approved or obj.descendant_count)
        return obj.get_absolute_url() if shown else None

    # --- deciding ---

    def _decide_one(self, request: HttpRequest, *, back_to: str = "") -> HttpResponseRedirect:
        """A button says what to do, with which reply, and what its status was when the page was made.

        `back_to` is the part of the page, as "#id", from where the next Tab goes on.
        """
        pressed = PRESSED.fullmatch(request.POST.get("decide", ""))
        if pressed is None:
            raise BadRequest("No such decision")
        outcome = decide(
            comments=self.get_queryset(request).filter(pk=pressed[2]),
            decision=Status(pressed[1]),
            by=_moderator(request),
            note=request.POST.get("note", "")[:NOTE_LENGTH],
            expecting=Status(pressed[3]),
        )
        self._tell_changed(request, Status(pressed[1]), outcome)
        if not outcome.changed:
            self.message_user(request, _why_untouched(outcome), messages.WARNING)
        return HttpResponseRedirect(request.get_full_path() + back_to)

    def _decide_many(
        self, request: HttpRequest, comments: QuerySet[Comment], decision: Status
    ) -> None:
        """Replies that left the list since it was made were decided by somebody else, and stay so."""
        shown = request.GET.get(StatusFilter.parameter_name, str(Status.PENDING))
        outcome = decide(
            comments=comments,
            decision=decision,
            by=_moderator(request),
            expecting=Status(shown) if shown in Status.values else None,
        )
        self._tell_changed(request, decision, outcome)
        chosen = len(request.POST.getlist(ACTION_CHECKBOX_NAME))
        left = len(outcome.untouched)
        if request.POST.get("select_across") != "1":
            left = chosen - len(outcome.changed)
        if left:
            text = ngettext(
                "%(n)d reply was left as it was: somebody had decided about it already.",
                "%(n)d replies were left as they were: somebody had decided about them already.",
                left,
            )
            self.message_user(request, text % {"n": left}, messages.WARNING)

    def _tell_changed(self, request: HttpRequest, decision: Status, outcome: Outcome) -> None:
        if number := len(outcome.changed):
            text = ngettext(
                "%(n)d reply is now: %(status)s.", "%(n)d replies are now: %(status)s.", number
            )
            self.message_user(request, text % {"n": number, "status": decision.label})


def _why_untouched(outcome: Outcome) -> str:
    if not outcome.untouched:
        return gettext("This reply is not here any more.")
    comment = outcome.untouched[0]
    latest = comment.decisions.select_related("by", "by__author").first()
    if latest is None:
        return gettext("Nothing was changed.")
    return gettext("Nothing was changed: there is a decision already, %(decision)s.") % {
        "decision": latest
    }


def _choices(comment: Comment) -> Choices:
    return [(status, VERBS[status]) for status in CHOICES[Status(comment.status)]]


def _rendered(part: str, comment: Comment, *, choices: Choices = ()) -> SafeString:
    context = {"comment": comment, "choices": choices}
    return render_to_string(f"admin/comments/comment/_{part}.html", context)


def _moderator(request: HttpRequest) -> User:
    """The admin lets nobody in who has no account."""
    return cast(User, request.user)
