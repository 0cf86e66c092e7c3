"""The authors' list of posts, told how many replies wait under each."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.admin.post import PostAdmin
from blog.models import Post
from comments.models import Comment

admin.site.unregister(Post)


@admin.register(Post)
class PostAdminWithReplies(PostAdmin):
    list_display = (*PostAdmin.list_display, "replies_waiting")  # type: ignore[assignment]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        waiting = Comment.objects.waiting().filter(post=OuterRef("pk")).order_by()
        number = waiting.values("post").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(waiting=Coalesce(Subquery(number), 0))

    @admin.display(description=_("replies waiting"), ordering="waiting")
    def replies_waiting(self, post: Post) -> str:
        if not post.waiting:  # type: ignore[attr-defined]
            return "–"
        queue = reverse("admin:comments_comment_changelist")
        return format_html('<a href="{}?post={}">{}</a>', queue, post.pk, post.waiting)  # type: ignore[attr-defined]
