"""Reporting a reply: a small page, which a script opens in place."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from comments.exceptions import NotThere
from comments.models import Comment
from comments.visitor import remember_browser, visitor_of, visitor_with_browser
from moderation.forms import ReportForm
from moderation.reporting import report
from web.form_page import FormPage
from web.ratelimit import check_rate

MOST = 10


class ReportReply(FormPage):
    """GET shows the form, or thanks a reader who has reported the reply; POST reports it (303)."""

    template = "moderation/report_form.html"
    has_fragment = True
    form_class = ReportForm
    too_many = _("You reported many replies in a short time. Please wait a little.")
    comment: Comment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        replies: QuerySet[Comment] = Comment.objects.published().select_related("post")
        self.comment = get_object_or_404(replies, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = visitor_of(request).key
        if key and self.comment.reports.filter(reader=key).exists():
            return self._thanks()
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "comment": self.comment,
            "post": self.comment.post,
            "action": self.request.path,
        }

    def done(self, form: Form) -> HttpResponse:
        visitor = visitor_with_browser(self.request, about=self.comment.pk)
        check_rate("reports", address=visitor.address, most=MOST)
        try:
            report(comment=self.comment, visitor=visitor, **form.cleaned_data)
        except NotThere:
            raise Http404 from None
        response: HttpResponse = (
            self._thanks()
            if self.is_fragment
            else HttpResponseRedirect(self.request.path, status=303)
        )
        remember_browser(self.request, response, visitor)
        return response

    def _thanks(self) -> HttpResponse:
        return self.page("moderation/report_sent.html")
