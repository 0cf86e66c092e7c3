"""The addresses for following a conversation, and for stopping."""

from __future__ import annotations

from django.urls import path, re_path

from blog.converters import POST
from following.views import FollowLink, FollowPost, stop_by_mail_program

app_name = "following"
urlpatterns = [
    re_path(rf"{POST}/follow/$", FollowPost.as_view(), name="follow_post"),
    path("comments/follow/<token:token>/", FollowLink.as_view(), name="follow"),
    path("comments/follow/<token:token>/stop/", stop_by_mail_program, name="stop"),
]
