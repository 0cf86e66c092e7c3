"""The conversation's addresses. A post's own stands in one piece, as posts keep it."""

from __future__ import annotations

from django.urls import path, re_path

from comments import feeds
from comments.views.permalink import permalink
from comments.views.replying import Reply

POST = r"^(?P<address>[12][0-9]{3}/(?:0[1-9]|1[0-2])/[-\w]+)"

app_name = "comments"
urlpatterns = [
    re_path(rf"{POST}/reply/$", Reply.as_view(), name="reply"),
    re_path(rf"{POST}/comments/feed/$", feeds.replies_to_post, name="post_feed"),
    path("comments/feed/", feeds.replies, name="feed"),
    path("comments/<int:pk>/", permalink, name="permalink"),
]
