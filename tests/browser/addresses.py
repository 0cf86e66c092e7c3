"""One address of every kind of page that the demo site has."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts.models import Author, User
from blog.models import Category, Post, Series, Status, Tag
from blog.models.querysets import PostQuerySet
from comments.mail_links import CONFIRM_REPLY, MINE
from comments.models import Comment
from comments.models import Status as Standing
from comments.visitor import Visitor
from following.links import token_for
from following.models import Scope
from following.verbs import confirm_follow, follow
from images.models import Image
from moderation.links import DECIDE
from moderation.notices import ticket_for
from site_settings.desk.groups import GROUPS


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
        "report form": reverse("moderation:report", args=[answered.pk]),
        "find my replies": reverse("privacy:find_mine"),
        "change refused": reverse("comments:edit", args=[answered.pk]),
        "follow": reverse("following:follow_post", args=[post.address]),
        "404": "/nothing/",
        "410": Post.objects.get(status=Status.WITHDRAWN).get_absolute_url(),
    }


def by_mail(moderator: User) -> dict[str, str]:
    """Where the links in mails lead: of a guest whose reply waits and who follows, and of a moderator."""
    waiting = Comment.objects.filter(status=Standing.PENDING, user=None).order_by("pk")[0]
    guest, email = Visitor(language="en"), waiting.email
    wish = follow(post=waiting.post, scope=Scope.EVERYTHING, visitor=guest, email=email)
    told = follow(post=_posts()[0], scope=Scope.ANSWERS, visitor=guest, email=email)
    confirm_follow(follow=told)
    mine = MINE.sign(waiting.email)
    decide = DECIDE.sign(str(ticket_for(moderator, waiting).uid))
    with time_machine.travel(timezone.now() - timedelta(days=60)):
        old = MINE.sign(waiting.email)
    return {
        "confirm": reverse("comments:confirm", args=[CONFIRM_REPLY.sign(waiting.pk)]),
        "confirm a follow": reverse("following:follow", args=[token_for(wish)]),
        "stop a follow": reverse("following:follow", args=[token_for(told)]),
        "decide": reverse("moderation:decide", args=[decide]),
        "my replies": reverse("privacy:replies", args=[mine]),
        "erase": reverse("privacy:erase", args=[mine]),
        "edit": f"{reverse('comments:edit', args=[waiting.pk])}?key={mine}",
        "delete": f"{reverse('comments:delete', args=[waiting.pk])}?key={mine}",
        "link too old": reverse("privacy:replies", args=[old]),
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
        "rules": reverse("admin:moderation_rule_changelist"),
        "new rule": reverse("admin:moderation_rule_add"),
        "ban": f"{reverse('admin:moderation_rule_add')}?reply={Comment.objects.order_by('pk')[0].pk}",
        "decisions": reverse("admin:moderation_decision_changelist"),
        "image library": reverse("admin:images_image_changelist"),
        "image": _desk("images_image_change", Image.objects.order_by("pk")[0]),
        "authors": reverse("admin:accounts_author_changelist"),
        "people": reverse("admin:accounts_user_changelist"),
        "settings": reverse("site_settings:overview"),
        "what was set": reverse("site_settings:changes"),
        **{
            f"settings, {group.slug}": reverse("site_settings:group", args=[group.slug])
            for group in GROUPS
        },
    }


def _posts() -> PostQuerySet:
    return Post.objects.live().order_by("pk")


def _desk(name: str, row: Model) -> str:
    return reverse(f"admin:{name}", args=[row.pk])
