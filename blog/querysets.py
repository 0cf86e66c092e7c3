"""The questions asked of posts, named as the blog says them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Author, User

if TYPE_CHECKING:
    from blog.models import Category, Post, Series, Tag

HEAVY = ("body", "body_html", "body_text", "toc")


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts, and how much of them to load."""

    # --- who may see or change what ---

    def live(self) -> PostQuerySet:
        """Published, and their time has come."""
        return self.filter(status="published", published_at__lte=timezone.now())

    def scheduled(self) -> PostQuerySet:
        return self.filter(status="published", published_at__gt=timezone.now())

    def visible_to(self, user: User | AnonymousUser) -> PostQuerySet:
        """What is live, and what the user may edit."""
        if not user.is_staff:
            return self.live()
        return self.filter(
            Q(pk__in=self.live().values("pk")) | Q(pk__in=self.editable_by(user).values("pk"))
        )

    def editable_by(self, user: User | AnonymousUser) -> PostQuerySet:
        """Every post for who may change others'; else those that carry the user's byline."""
        if user.has_perm("blog.change_any_post"):
            return self.all()
        if not user.is_staff or user.pk is None:
            return self.none()
        return self.filter(pk__in=self.model.authors.through.objects.of_user(user).values("post"))

    # --- where they belong ---

    def in_category(self, category: Category) -> PostQuerySet:
        """In the category or below it."""
        below = Q(category__path__startswith=f"{category.path}/")
        return self.filter(Q(category=category) | below)

    def tagged(self, tag: Tag) -> PostQuerySet:
        return self.filter(tagged__tag=tag)

    def by_author(self, author: Author) -> PostQuerySet:
        return self.filter(bylines__author=author)

    def in_series(self, series: Series) -> PostQuerySet:
        return self.filter(series=series).order_by("series_position", "published_at", "pk")

    def in_language(self, code: str) -> PostQuerySet:
        return self.filter(language=code)

    def in_period(self, start: datetime, end: datetime) -> PostQuerySet:
        """Published from `start` up to, not including, `end`."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def per_month(self) -> list[tuple[datetime, int]]:
        """(first day, number of posts) of each month in the site's zone, newest first."""
        months = self.annotate(month=TruncMonth("published_at")).values("month")
        counted = months.annotate(number=Count("pk")).order_by("-month")
        return list(counted.values_list("month", "number"))

    def translations_of(self, post: Post) -> PostQuerySet:
        """The original and its other translations."""
        original = post.translation_of_id or post.pk
        family = Q(pk=original) | Q(translation_of=original)
        return self.filter(family).exclude(pk=post.pk).order_by("language")

    def related_to(self, post: Post, *, limit: int = 4) -> PostQuerySet:
        """Live posts that share most tags with this one; then those of its category, newest first."""
        shared = Count("tagged", filter=Q(tagged__tag__tagged__content_object=post))
        same = Q(tagged__tag__tagged__content_object=post)
        if post.category_id:
            same |= Q(category_id=post.category_id)
        return (
            self.live()
            .filter(same)
            .exclude(pk=post.pk)
            .annotate(shared_tags=shared)
            .order_by("-shared_tags", "-published_at")
            .for_listing()[:limit]
        )

    # --- what changed ---

    def touch(self) -> int:
        """Note that readers see something of these posts change, though the posts were not saved."""
        return self.update(touched_at=timezone.now())

    # --- how much to load ---

    def with_bylines(self) -> PostQuerySet:
        bylines = self.model.authors.through.objects.select_related("author")
        return self.prefetch_related(Prefetch("bylines", bylines))

    def for_listing(self) -> PostQuerySet:
        """What one entry of a list shows, without the text."""
        return self.select_related("category", "lead_image").defer(*HEAVY).with_bylines()

    def for_page(self) -> PostQuerySet:
        """What the page of one post shows."""
        return (
            self.select_related("category", "lead_image", "series")
            .defer("body")
            .with_bylines()
            .prefetch_related("tags")
        )


class PostManager(models.Manager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, uid: str | UUID) -> Post:
        return self.get(uid=uid)


class BylineQuerySet(models.QuerySet[Any]):
    def of_user(self, user: User | AnonymousUser) -> BylineQuerySet:
        """The bylines behind which this account stands."""
        return self.filter(author__user=user)
