"""A column in the authors' list of posts: how many replies are pending under each."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.admin.parts import Column, register_column
from blog.models import Post
from comments.models import Comment


def count_waiting(posts: QuerySet[Post]) -> QuerySet[Post]:
    waiting = Comment.objects.waiting().filter(post=OuterRef("pk")).order_by()
    number = waiting.values("post").annotate(number=Count("pk")).values("number")
    return posts.annotate(waiting=Coalesce(Subquery(number), 0))


@admin.display(description=_("replies waiting"), ordering="waiting")
def replies_waiting(post: Post) -> str:
    """Return the number as a link to those replies in the queue."""
    if not post.waiting:  # type: ignore[attr-defined]
        return "–"
    queue = reverse("admin:comments_comment_changelist")
    return format_html('<a href="{}?post={}">{}</a>', queue, post.pk, post.waiting)  # type: ignore[attr-defined]


register_column(Column(replies_waiting, read=count_waiting))
