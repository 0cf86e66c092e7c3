"""Deciding from a mail: its recipient decides about one reply, once, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from comments.mail_links import OldToken
from comments.models import Comment
from comments.views.base import by_mailed_link
from moderation.choices import choices_for
from moderation.deciding import Outcome, decide
from moderation.forms import MailedDecisionForm
from moderation.links import DECIDE
from moderation.models import Ticket


@method_decorator([never_cache, by_mailed_link], name="dispatch")
class Decide(View):
    """GET shows the reply and the possible decisions, and changes nothing; POST decides.

    The right to decide is checked at each use: a former moderator has none.
    """

    http_method_names = ["get", "head", "post", "options"]
    ticket: Ticket
    comment: Comment

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            uid = DECIDE.read(token)
        except OldToken:
            return render(request, "moderation/decide_too_old.html", status=410)
        if not self._find(uid):
            raise Http404
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(status=410 if self.ticket.used_at else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        sent = MailedDecisionForm.read(request.POST)
        if self.ticket.used_at:
            return self._page(status=410)
        outcome = decide(
            comments=[self.comment],
            decision=sent["decide"],
            by=self.ticket.user,
            seen={self.comment.pk: sent["version"]},
        )
        if outcome.changed:
            self.ticket.use()
        self.comment.refresh_from_db()
        return self._page(status=200 if outcome.changed else 409, outcome=outcome)

    def _find(self, uid: str) -> bool:
        tickets = Ticket.objects.select_related("user", "comment__post", "comment__parent")
        ticket = tickets.filter(uid=uid, user__is_active=True).first()
        if ticket is None or ticket.expires_at < timezone.now():
            return False
        self.ticket, self.comment = ticket, ticket.comment
        return Comment.objects.moderated_by(ticket.user).filter(pk=ticket.comment_id).exists()

    def _page(self, *, status: int, outcome: Outcome | None = None) -> HttpResponse:
        context = {
            "ticket": self.ticket,
            "comment": self.comment,
            "post": self.comment.post,
            "is_edited": outcome is not None and outcome.is_edited(self.comment),
            "outcome": outcome,
            "latest": self.comment.decisions.select_related("by", "by__author").first(),
            "choices": choices_for(self.comment),
        }
        return render(self.request, "moderation/decide.html", context, status=status)
