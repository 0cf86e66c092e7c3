"""The addresses for reporting a reply, and for deciding from a mail."""

from __future__ import annotations

from django.urls import path

from moderation.views.decide import Decide
from moderation.views.report import ReportReply

app_name = "moderation"
urlpatterns = [
    path("comments/decide/<token:token>/", Decide.as_view(), name="decide"),
    path("comments/<int:pk>/report/", ReportReply.as_view(), name="report"),
]
