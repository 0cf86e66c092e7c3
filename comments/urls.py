"""The addresses of the conversation. A post's address is matched as a whole, as posts store it."""

from __future__ import annotations

from django.urls import path, re_path

from blog.converters import POST
from comments import feeds
from comments.views.confirm import confirm
from comments.views.edit import DeleteReply, EditReply
from comments.views.lead import lead
from comments.views.permalink import permalink
from comments.views.reply import ReplyPage
from comments.views.thank import thank
from comments.views.thread import count, mark_read, thread

app_name = "comments"
urlpatterns = [
    re_path(rf"{POST}/reply/$", ReplyPage.as_view(), name="reply"),
    re_path(rf"{POST}/replies/$", thread, name="thread"),
    re_path(rf"{POST}/replies/count/$", count, name="count"),
    re_path(rf"{POST}/replies/read/$", mark_read, name="mark_read"),
    re_path(rf"{POST}/replies/lead/$", lead, name="lead"),
    re_path(rf"{POST}/comments/feed/$", feeds.replies_to_post, name="post_feed"),
    path("comments/feed/", feeds.replies, name="feed"),
    path("comments/thanks/", thank, name="thank"),
    path("comments/<int:pk>/", permalink, name="permalink"),
    path("comments/<int:pk>/edit/", EditReply.as_view(), name="edit"),
    path("comments/<int:pk>/delete/", DeleteReply.as_view(), name="delete"),
    path("comments/confirm/<token:token>/", confirm, name="confirm"),
]
