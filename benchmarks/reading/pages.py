"""The pages of a site to measure."""

from __future__ import annotations

import json

from django.db.models import Count, Func, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.urls import reverse

from blog.models import Post, Tag
from comments import cookies
from comments.models import Comment

REPLIES = 50


def show() -> None:
    """Print the paths as a JSON object, by page name."""
    distance = Func(Coalesce("conversation__reply_count", 0) - Value(REPLIES), function="ABS")
    posts = Post.objects.live().annotate(distance=distance)
    tags = Tag.objects.annotate(posts=Count("tagged"))
    pages = {
        "home": reverse("blog:home"),
        "post": posts.order_by("distance", "-published_at")[0].get_absolute_url(),
        "tag": tags.order_by("-posts", "slug")[0].get_absolute_url(),
        "feed": reverse("blog:home_rss"),
    }
    print(json.dumps(pages))


def show_posts(number: int) -> None:
    """Print the paths of the newest posts as a JSON array."""
    posts = Post.objects.live().order_by("-published_at")[:number]
    print(json.dumps([post.get_absolute_url() for post in posts]))


def show_guests(number: int) -> None:
    """Print addresses with the cookies of browsers whose replies need no approval, as a JSON array."""
    replies = Comment.objects.approved().filter(user=None).exclude(email="")
    print(
        json.dumps(
            [{"email": reply.email, "cookie": _cookie(reply.pk)} for reply in replies[:number]]
        )
    )


def _cookie(pk: int) -> str:
    response = HttpResponse()
    cookies.keep_own_replies(response, [pk])
    return f"{cookies.OWN_REPLIES}={response.cookies[cookies.OWN_REPLIES].value}"


def show_appeared() -> None:
    print(Comment.objects.approved().count())
