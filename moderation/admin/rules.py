"""The admin of rules. Saving takes two steps: the first shows what the rule would have caught."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from moderation.admin import responses
from moderation.admin.decide import moderator
from moderation.admin.rule_forms import KnownRuleForm, RuleForm, TraitRuleForm, TypedRuleForm
from moderation.models import Rule
from moderation.rules.preview import would_have_caught
from web import dates
from web.ids import IS_ID

MADE_FOR = {"kind": Rule.Kind.WORD, "effect": Rule.Effect.HOLD}


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    list_display = ("about", "effect", "language", "until", "note", "who")
    list_filter = ("effect", "kind")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("value", "note")
    search_help_text = _("A user name, an address, a domain, a word, or a note")
    change_list_template = "admin/moderation/_change_list.html"

    class Media:
        css = {"all": ("css/queue.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return super().get_queryset(request).select_related("created_by", "created_by__author")

    @admin.display(description=_("rule"), ordering="value")
    def about(self, rule: Rule) -> str:
        return str(rule)

    @admin.display(description=_("until"), ordering="expires_at")
    def until(self, rule: Rule) -> str:
        if rule.expires_at is None:
            return "–"
        if rule.expires_at <= timezone.now():
            return gettext("over since %(moment)s") % {"moment": dates.moment(rule.expires_at)}
        return dates.moment(rule.expires_at)

    @admin.display(description=_("by"))
    def who(self, rule: Rule) -> str:
        return rule.created_by.public_name if rule.created_by else "–"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """POST shows what the rule would have caught; only the button on that page saves it."""
        rule = self._rule(request, object_id)
        form = self._form(request, rule)
        if request.method != "POST" or not form.is_valid() or "back" in request.POST:
            return self._page(request, form, rule)
        if "save" in request.POST:
            return self._save(request, form, is_new=rule is None)
        return self._page(request, form, rule, catch=would_have_caught(form.instance))

    def _rule(self, request: HttpRequest, object_id: str | None) -> Rule | None:
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        rule = self.get_object(request, object_id)
        if rule is None:
            raise Http404
        if not self.has_change_permission(request, rule):
            raise PermissionDenied
        return rule

    def _form(self, request: HttpRequest, rule: Rule | None) -> RuleForm:
        data = request.POST if request.method == "POST" else None
        if rule is not None:
            form = KnownRuleForm if rule.kind == Rule.Kind.ADDRESS else TypedRuleForm
            return form(data, instance=rule)
        if reply := self._reply(request):
            return TraitRuleForm(data, reply=reply)
        return TypedRuleForm(data, initial=MADE_FOR)

    def _reply(self, request: HttpRequest) -> Comment | None:
        """The reply whose writer the rule is about, if any. Raises Http404 for an unknown one."""
        asked = request.GET.get("reply", "")
        if not asked:
            return None
        theirs = Comment.objects.moderated_by(request.user).for_queue()
        reply = theirs.filter(pk=asked).first() if IS_ID.fullmatch(asked) else None
        if reply is None:
            raise Http404
        return reply

    def _page(
        self, request: HttpRequest, form: RuleForm, rule: Rule | None, **context: Any
    ) -> HttpResponse:
        context |= self.admin_site.each_context(request) | {
            "title": gettext("Change the rule") if rule else gettext("New rule"),
            "opts": self.opts,
            "form": form,
            "rule": rule,
            "reply": getattr(form, "reply", None),
            "may_delete": rule is not None and self.has_delete_permission(request, rule),
        }
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "admin/moderation/rule/form.html", context, status=status)

    def _save(self, request: HttpRequest, form: RuleForm, *, is_new: bool) -> HttpResponse:
        rule: Rule = form.instance
        if is_new:
            rule.created_by = moderator(request)
        rule.save()
        if is_new:
            self.log_addition(request, rule, [{"added": {}}])
            text = responses.with_undo(gettext("The rule stands."), "rule", rule.pk)
        else:
            self.log_change(request, rule, [{"changed": {"fields": form.changed_data}}])
            text = gettext("The rule is changed.")
        messages.success(request, text)
        if reply := getattr(form, "reply", None):
            return HttpResponseRedirect(
                f"{reverse('admin:comments_comment_changelist')}#reply-{reply.pk}"
            )
        return HttpResponseRedirect(reverse("admin:moderation_rule_changelist"))

    # --- Django's log of the admin, which is kept for longer than a rule and so names nobody ---

    def log_addition(self, request: HttpRequest, obj: Rule, message: Any) -> Any:
        return super().log_addition(request, _nameless(obj), message)

    def log_change(self, request: HttpRequest, obj: Rule, message: Any) -> Any:
        return super().log_change(request, _nameless(obj), message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        nameless: Any = [_nameless(rule) for rule in queryset]
        return super().log_deletions(request, nameless)


def _nameless(rule: Rule) -> Rule:
    return Rule(pk=rule.pk, kind=rule.kind)
