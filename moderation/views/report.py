"""Reporting a reply to the moderators: a small page, which a script opens in place."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from comments.exceptions import NotThere
from comments.models import Comment
from comments.visitor import remember_browser, visitor_of, visitor_with_browser
from moderation.forms import ReportForm
from moderation.reporting import report
from web.ratelimit import TooMany, check_pace_of, told_to_wait

MOST = 10


@method_decorator(never_cache, name="dispatch")
class ReportReply(View):
    """GET shows the form, or thanks who has reported the reply; POST reports it (303).

    What was typed comes back with 422 for a form to mend and 429 for too many. `?fragment=1` asks
    for the form without the page around it, and for the thanks in place of the redirect.
    """

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self._comment(pk)
        key = visitor_of(request).key
        if key and comment.reports.filter(reader=key).exists():
            return self._render("report_sent", comment)
        return self._form(comment, ReportForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment, form = self._comment(pk), ReportForm(request.POST)
        if not form.is_valid():
            return self._form(comment, form, status=422)
        try:
            check_pace_of("reports", address=visitor_of(request).address, most=MOST)
            return self._send(comment, form)
        except TooMany as pace:
            form.add_error(
                None, _("You reported many replies in a short time. Please wait a little.")
            )
            return told_to_wait(self._form(comment, form, status=429), pace.retry_after)
        except NotThere:
            raise Http404 from None

    @staticmethod
    def _comment(pk: int) -> Comment:
        replies: QuerySet[Comment] = Comment.objects.published().select_related("post")
        return get_object_or_404(replies, pk=pk)

    def _send(self, comment: Comment, form: ReportForm) -> HttpResponse:
        visitor = visitor_with_browser(self.request, about=comment.pk)
        report(comment=comment, visitor=visitor, **form.cleaned_data)
        response: HttpResponse = (
            self._render("report_sent", comment)
            if "fragment" in self.request.GET
            else HttpResponseRedirect(self.request.path, status=303)
        )
        remember_browser(self.request, response, visitor)
        return response

    def _form(self, comment: Comment, form: ReportForm, *, status: int = 200) -> HttpResponse:
        return self._render("report_form", comment, status=status, form=form)

    def _render(
        self, name: str, comment: Comment, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        prefix = "_" if "fragment" in self.request.GET else ""
        context |= {"comment": comment, "post": comment.post, "action": self.request.path}
        return render(self.request, f"moderation/{prefix}{name}.html", context, status=status)
