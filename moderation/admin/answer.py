"""Answering from the moderation queue: a box in the card, or the same form on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.exceptions import CannotReply, ParentIsAway
from comments.limits import TooManyReplies
from comments.visitor import visitor_of
from moderation.admin import responses
from moderation.admin.cards import Card, cards_of
from moderation.admin.decide import moderator
from moderation.admin.forms import AnswerForm
from moderation.answering import DecidedMeanwhile, answer

IS_SENT = _("Your answer is on the site, and so is the reply.")


class AnsweringAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer_view)
        return [path("<int:pk>/answer/", view, name="comments_comment_answer"), *super().get_urls()]

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows the form; POST approves the reply if it waits, and posts the answer.

        On any error the page returns what was typed: 422 for an invalid form, 409 if somebody
        decided meanwhile, 429 for too many, 403 if no reply is taken.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        card = self._card(request, pk)
        if request.method != "POST":
            return self._page(request, card, AnswerForm(user=moderator(request)))
        form = AnswerForm(request.POST, user=moderator(request))
        if "version" in form.errors:
            raise BadRequest("No such version")
        if not form.is_valid():
            return self._refused(request, card, form, str(form.errors["reply"][0]), 422)
        return self._send(request, card, form)

    def _card(self, request: HttpRequest, pk: int) -> Card:
        cards = cards_of(self.get_queryset(request).filter(pk=pk))
        if not cards:
            raise Http404
        return cards[0]

    def _send(self, request: HttpRequest, card: Card, form: AnswerForm) -> HttpResponse:
        try:
            batch = answer(
                comment=card.comment,
                body=form.cleaned_data["reply"],
                visitor=visitor_of(request),
                seen=form.cleaned_data["version"],
            )
        except DecidedMeanwhile as first:
            text, now = responses.why_untouched(first.outcome), self._card(request, card.comment.pk)
            return self._refused(request, now, form, text, 409)
        except CannotReply as refusal:
            return self._refused(request, card, form, str(refusal.message), 403)
        except ParentIsAway:
            text = gettext("The reply is not there any more.")
            return self._refused(request, card, form, text, 409)
        except TooManyReplies:
            text = gettext("You sent many replies in a short time. Please send this one later.")
            return self._refused(request, card, form, text, 429)
        queue = reverse("admin:comments_comment_changelist")
        return responses.told(request, str(IS_SENT), to=queue, batch=batch.pk)

    def _refused(
        self, request: HttpRequest, card: Card, form: AnswerForm, text: str, status: int
    ) -> HttpResponse:
        if responses.wants_json(request):
            return responses.told(request, text, to="", status=status)
        if text not in form.errors.get("reply", ()):
            form.add_error("reply", text)
        return self._page(request, card, form, status=status)

    def _page(
        self, request: HttpRequest, card: Card, form: AnswerForm, *, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = self.admin_site.each_context(request) | {
            "title": gettext("Answer"),
            "card": card,
            "comment": card.comment,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/moderation/queue/answer.html", context, status=status)
