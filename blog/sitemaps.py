"""What there is to index (sitemaps.org 0.9): only what is live, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import Author
from blog.models import Byline, Category, Post, Series, Tag, TaggedPost


class Pages(Sitemap):
    """The pages there is one of."""

    def items(self) -> list[str]:
        return ["blog:home", "blog:archive", "blog:about"]

    def location(self, item: str) -> str:
        return reverse(item)


class Posts(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Post]:
        return Post.objects.live().only("address", "published_at", "updated_at").order_by("pk")

    def lastmod(self, item: Post) -> datetime:
        return item.modified_at

    def get_latest_lastmod(self) -> datetime | None:
        """For the index, which loads no post for it."""
        newest = Post.objects.live().aggregate(Max("updated_at"), Max("published_at"))
        return max(filter(None, newest.values()), default=None)


class Archives(Sitemap):
    """The years and months, in the site's zone, in which something was published."""

    def items(self) -> list[str]:
        months = list(Post.objects.live().datetimes("published_at", "month"))
        years = sorted({f"{month:%Y}" for month in months})
        return [reverse("blog:year", args=[year]) for year in years] + [
            reverse("blog:month", args=[f"{month:%Y}", f"{month:%m}"]) for month in months
        ]

    def location(self, item: str) -> str:
        return item


class Authors(Sitemap):
    def items(self) -> QuerySet[Author]:
        named = Byline.objects.filter(author=OuterRef("pk"), post__in=Post.objects.live())
        return Author.objects.filter(Exists(named))


class Categories(Sitemap):
    """The categories with posts, and those above them, whose pages show these posts too."""

    def items(self) -> list[str]:
        used = Category.objects.filter(Exists(Post.objects.live().filter(category=OuterRef("pk"))))
        paths = used.values_list("path", flat=True)
        return sorted({above for path in paths for above in _line(path)})

    def location(self, item: str) -> str:
        return reverse("blog:category", args=[item])


class Tags(Sitemap):
    def items(self) -> QuerySet[Tag]:
        given = TaggedPost.objects.filter(
            tag=OuterRef("pk"), content_object__in=Post.objects.live()
        )
        return Tag.objects.filter(Exists(given))


class AllSeries(Sitemap):
    def items(self) -> QuerySet[Series]:
        return Series.objects.filter(Exists(Post.objects.live().filter(series=OuterRef("pk"))))


class Languages(Sitemap):
    def items(self) -> list[str]:
        used = Post.objects.live().order_by().values_list("language", flat=True).distinct()
        return sorted(set(used) & dict(settings.LANGUAGES).keys())

    def location(self, item: str) -> str:
        return reverse("blog:language", args=[item])


def _line(path: str) -> list[str]:
    """The path and those of the categories above it: "a/b/c" gives a, a/b and a/b/c."""
    slugs = path.split("/")
    return ["/".join(slugs[:end]) for end in range(1, len(slugs) + 1)]


SITEMAPS = {
    "pages": Pages,
    "posts": Posts,
    "archives": Archives,
    "authors": Authors,
    "categories": Categories,
    "tags": Tags,
    "series": AllSeries,
    "languages": Languages,
}
