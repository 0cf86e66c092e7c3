"""The addresses for finding, downloading and erasing one's own replies."""

from __future__ import annotations

from django.urls import path

from privacy.views import DownloadMine, EraseMine, FindMine, MyReplies

app_name = "privacy"
urlpatterns = [
    path("comments/find/", FindMine.as_view(), name="find_mine"),
    path("comments/mine/", MyReplies.as_view(), name="my_replies"),
    path("comments/mine/download/", DownloadMine.as_view(), name="my_download"),
    path("comments/mine/erase/", EraseMine.as_view(), name="my_erase"),
    path("comments/mine/<token:token>/", MyReplies.as_view(), name="replies"),
    path("comments/mine/<token:token>/download/", DownloadMine.as_view(), name="download"),
    path("comments/mine/<token:token>/erase/", EraseMine.as_view(), name="erase"),
]
