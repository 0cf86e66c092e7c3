"""The conversation's addresses. A post's own stands in one piece, as posts keep it."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from comments import feeds
from comments.views.changing import DeleteReply, EditReply
from comments.views.confirming import confirm
from comments.views.deciding import Decide
from comments.views.following import FollowLink, FollowPost, stop_by_mail_program
from comments.views.leading import lead
from comments.views.mine import DownloadMine, EraseMine, MyReplies, find_mine
from comments.views.permalink import permalink
from comments.views.reading import count, mark_read, thread
from comments.views.replying import Reply
from comments.views.reporting import ReportReply
from comments.views.thanking import thank
from markup import SLUG

POST = rf"^(?P<address>[12][0-9]{{3}}/(?:0[1-9]|1[0-2])/{SLUG})"


class TokenConverter:
    """What `comments.tokens` signs."""

    regex = r"[-\w]+:[-\w]+:[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")

app_name = "comments"
urlpatterns = [
    re_path(rf"{POST}/reply/$", Reply.as_view(), name="reply"),
    re_path(rf"{POST}/follow/$", FollowPost.as_view(), name="follow_post"),
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
    path("comments/decide/<token:token>/", Decide.as_view(), name="decide"),
    path("comments/follow/<token:token>/", FollowLink.as_view(), name="follow"),
    path("comments/follow/<token:token>/stop/", stop_by_mail_program, name="stop_following"),
    path("comments/find/", find_mine, name="find_mine"),
    path("comments/mine/", MyReplies.as_view(), name="my_replies"),
    path("comments/mine/download/", DownloadMine.as_view(), name="my_download"),
    path("comments/mine/erase/", EraseMine.as_view(), name="my_erase"),
    path("comments/mine/<token:token>/", MyReplies.as_view(), name="replies"),
    path("comments/mine/<token:token>/download/", DownloadMine.as_view(), name="download"),
    path("comments/mine/<token:token>/erase/", EraseMine.as_view(), name="erase"),
    path("comments/<int:pk>/report/", ReportReply.as_view(), name="report"),
]
