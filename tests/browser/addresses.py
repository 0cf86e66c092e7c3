"""One address of every kind of page that the demo site has."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse

from accounts.models import Author
from blog.models import Category, Post, Series, Status, Tag
from blog.querysets import PostQuerySet
from comments.models import Comment
from images.models import Image


def for_readers() -> dict[str, str]:
    """What anybody can open, by the name of its kind."""
    answered = Comment.objects.published().exclude(parent=None).order_by("pk")[0]
    post = answered.post
    return {
        "home": "/",
        "home, page 2": "/?page=2",
        "post with replies": post.get_absolute_url(),
        "post with code": _posts().filter(body__contains="```")[0].get_absolute_url(),
        "German post": _posts().filter(language="de")[0].get_absolute_url(),
        "author": Author.objects.exclude(portrait="").order_by("pk")[0].get_absolute_url(),
        "category": Category.objects.exclude(posts=None).order_by("pk")[0].get_absolute_url(),
        "tag": Tag.objects.exclude(tagged=None).order_by("pk")[0].get_absolute_url(),
        "series": Series.objects.order_by("pk")[0].get_absolute_url(),
        "language": reverse("blog:language", args=["nl"]),
        "archive": reverse("blog:archive"),
        "year": f"/{post.address[:4]}/",
        "month": f"/{post.address[:7]}/",
        "about": reverse("blog:about"),
        "sign in": reverse("account_login"),
        "sign up": reverse("account_signup"),
        "reset": reverse("account_reset_password"),
        "reply form": reverse("comments:reply", args=[post.address]),
        "answer form": f"{reverse('comments:reply', args=[post.address])}?to={answered.pk}",
        "newest replies": f"{post.get_absolute_url()}?sort=newest",
        "report form": reverse("comments:report", args=[answered.pk]),
        "404": "/nothing/",
        "410": Post.objects.get(status=Status.WITHDRAWN).get_absolute_url(),
    }


def for_staff() -> dict[str, str]:
    """What who writes and moderates can open besides."""
    return {
        "profile": reverse("accounts:profile"),
        "e-mail address": reverse("account_email"),
        "password": reverse("account_change_password"),
        "sign out": reverse("account_logout"),
        "desk": reverse("admin:index"),
        "posts": reverse("admin:blog_post_changelist"),
        "new post": reverse("admin:blog_post_add"),
        "editor": _desk("blog_post_change", _posts()[0]),
        "history": _desk("blog_post_history", _posts()[0]),
        "preview": reverse("blog:preview", args=[_posts()[0].uid]),
        "queue": reverse("admin:comments_comment_changelist"),
        "all replies": reverse("admin:comments_comment_changelist") + "?status=all",
        "reply": _desk("comments_comment_change", Comment.objects.order_by("pk")[0]),
        "answer": _desk("comments_comment_answer", Comment.objects.order_by("pk")[0]),
        "rules": reverse("admin:comments_rule_changelist"),
        "new rule": reverse("admin:comments_rule_add"),
        "ban": f"{reverse('admin:comments_rule_add')}?reply={Comment.objects.order_by('pk')[0].pk}",
        "decisions": reverse("admin:comments_decision_changelist"),
        "image library": reverse("admin:images_image_changelist"),
        "image": _desk("images_image_change", Image.objects.order_by("pk")[0]),
        "authors": reverse("admin:accounts_author_changelist"),
        "people": reverse("admin:accounts_user_changelist"),
    }


def _posts() -> PostQuerySet:
    return Post.objects.live().order_by("pk")


def _desk(name: str, row: Model) -> str:
    return reverse(f"admin:{name}", args=[row.pk])
