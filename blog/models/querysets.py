"""Querysets of posts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Prefetch, Q, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.db.models.lookups import Exact
from django.utils import timezone

from accounts.models import Author, User
from blog.languages import speaks
from blog.models.status import Status
from web.prepared import Given

if TYPE_CHECKING:
    from blog.models import Category, Post, Series, Tag

TEXTS = ("body", "body_html", "body_text", "excerpt_html", "toc")
LINK = ("title", "address", "language", "published_at")


class PostQuerySet(models.QuerySet["Post"]):
    """Filters of posts, and how much of each post to load."""

    # --- who may see or change what ---

    def live(self, now: Given | None = None) -> PostQuerySet:
        """Return the posts that are published and whose date has come; `now` for `web.prepared`."""
        return self.filter(_is_live(now))

    def live_of_few(self) -> PostQuerySet:
        """`live` for few posts."""
        return self.filter(is_published_of_few(), published_at__lte=timezone.now())

    def at(self, address: str) -> Post | None:
        """Return the post at an address, or the one that had it before; None if there is none."""
        moved = self.filter(redirects__path=f"/{address}/")
        return self.filter(address=address).first() or moved.first()

    def scheduled(self, after: datetime | None = None) -> PostQuerySet:
        """Return the published posts whose date lies after a moment, or else after now."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=after or timezone.now())

    def editable_by(self, user: User | AnonymousUser) -> PostQuerySet:
        """Return every post if the user may change others'; else those with the user's byline."""
        if user.has_perm("blog.change_any_post"):
            return self.all()
        if not user.is_staff or user.pk is None:
            return self.none()
        return self.filter(bylines__author__user=user)

    def translatable_by(self, user: User | AnonymousUser) -> PostQuerySet:
        """Return the posts of which the user's post can be a translation: live posts and their own."""
        return self.filter(_is_live() | Q(pk__in=self.editable_by(user).order_by().values("pk")))

    # --- where they belong ---

    def in_category(self, category: Category) -> PostQuerySet:
        """Return the posts in the category or below it."""
        below = Q(category__path__startswith=f"{category.path}/")
        return self.filter(Q(category=category) | below)

    def tagged(self, tag: Tag) -> PostQuerySet:
        return self.filter(tagged__tag=tag)

    def by_author(self, author: Author) -> PostQuerySet:
        return self.filter(bylines__author=author)

    def in_series(self, series: Series) -> PostQuerySet:
        return self.filter(series=series).order_by("series_position", "published_at", "pk")

    def in_language(self, code: str) -> PostQuerySet:
        """Return the posts in the language or in one of its regional or script forms."""
        return self.filter(speaks(code))

    def in_period(self, start: datetime, end: datetime) -> PostQuerySet:
        """Return the posts published from `start` up to, but not including, `end`."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def per_month(self) -> list[tuple[datetime, int]]:
        """Return (first day, number of posts) of each month in the site's time zone, newest first."""
        months = self.annotate(month=TruncMonth("published_at")).values("month")
        counted = months.annotate(number=Count("pk")).order_by("-month")
        return list(counted.values_list("month", "number"))

    # --- what changed ---

    def touch(self) -> int:
        """Record that readers see a change of these posts, though the posts were not saved."""
        return self.update(touched_at=timezone.now())

    # --- how much to load ---

    def without_texts(self) -> PostQuerySet:
        """Leave out the long texts, for callers that do not show the post."""
        return self.defer(*TEXTS)

    def with_bylines(self) -> PostQuerySet:
        bylines = self.model.authors.through.objects.select_related("author")
        return self.prefetch_related(Prefetch("bylines", bylines))

    def with_conversation(self) -> PostQuerySet:
        """Load the conversation too, which has the number of replies (`Post.comment_count`)."""
        return self.select_related("conversation")

    def for_page(self) -> PostQuerySet:
        """Load what the page of one post shows; `blog.post_page` adds bylines and tags."""
        return self.select_related("category", "lead_image", "series", "conversation").defer("body")


class PostManager(models.Manager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, uid: str | UUID) -> Post:
        return self.get(uid=uid)


def is_published_of_few(status: str = "status") -> Exact:
    """Return the condition that a post is published, for few posts; `status` leads to the field.

    SQLite then reads these posts alone, and not all that are published by an index.
    """
    return Exact(Coalesce(status, Value("")), Status.PUBLISHED)


def _is_live(now: Given | None = None) -> Q:
    return Q(status=Status.PUBLISHED, published_at__lte=now or timezone.now())
