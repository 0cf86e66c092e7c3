"""Querysets of posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Author, User
from blog.languages import speaks
from blog.models.status import Status

if TYPE_CHECKING:
    from blog.models import Category, Post, Series, Tag

CANDIDATES = 100
TEXTS = ("body", "body_html", "body_text", "excerpt_html", "toc")
LINK = ("title", "address", "language", "published_at")


class PostQuerySet(models.QuerySet["Post"]):
    """Filters of posts, and how much of each post to load."""

    # --- who may see or change what ---

    def live(self) -> PostQuerySet:
        """Return the posts that are published and whose date has come."""
        return self.filter(_is_live())

    def at(self, address: str) -> Post | None:
        """Return the post at an address, or the one that had it before; None if there is none."""
        moved = self.filter(redirects__path=f"/{address}/")
        return self.filter(address=address).first() or moved.first()

    def scheduled(self) -> PostQuerySet:
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())

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

    def translations_of(self, post: Post) -> PostQuerySet:
        """Return the post's original and its other translations."""
        original = post.translation_of_id or post.pk
        family = Q(pk=original) | Q(translation_of=original)
        return self.filter(family).exclude(pk=post.pk).order_by("language")

    def related_to(self, post: Post, *, limit: int = 4) -> list[Post]:
        """Return the live posts that share most with this one in tags and category, the newest first.

        It looks among the latest hundred of each, so that it costs the same on a large site.
        """
        shared = Counter(self._sharing_tag_or_category(post))
        del shared[post.pk]
        likely = [pk for pk, _number in sorted(shared.items(), key=_most_then_newest)]
        # By id alone: with a filter for live posts, SQLite would read all of them.
        posts = self.filter(pk__in=likely[: 3 * limit]).order_by()
        seen: list[Post] = [one for one in posts.only(*LINK, "status") if one.is_live]
        return sorted(seen, key=lambda one: (-shared[one.pk], -one.due_at.timestamp()))[:limit]

    def _sharing_tag_or_category(self, post: Post) -> Iterable[int]:
        """Return the ids of posts, each as often as it shares a tag or the category. One query."""
        taggings = self.model.tags.through.objects.all()
        tags = [tag.pk for tag in post.tags.all()]
        tagged = taggings.filter(tag__in=tags).order_by("-content_object_id").values("pk")
        beside = self.live().exclude(category=None).filter(category=post.category_id)
        newest_beside = beside.order_by("-published_at").values("pk")
        by_tag = taggings.filter(pk__in=tagged[:CANDIDATES]).values_list(
            "content_object", flat=True
        )
        by_place = (
            self.filter(pk__in=newest_beside[:CANDIDATES]).order_by().values_list("pk", flat=True)
        )
        return by_tag.union(by_place, all=True)

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
        """Load what the page of one post shows."""
        return (
            self.select_related("category", "lead_image", "series", "conversation")  # type: ignore[misc]  # taggit's
            .defer("body")
            .with_bylines()
            .prefetch_related("tags")
        )


class PostManager(models.Manager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, uid: str | UUID) -> Post:
        return self.get(uid=uid)


def _is_live() -> Q:
    return Q(status=Status.PUBLISHED, published_at__lte=timezone.now())


def _most_then_newest(shared: tuple[int, int]) -> tuple[int, int]:
    pk, number = shared
    return -number, -pk
