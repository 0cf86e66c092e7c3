"""The sitemaps (sitemaps.org 0.9): only live posts, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import index
from blog.changes import last_change
from blog.models import Post
from web.conditional import conditional


class Pages(Sitemap):
    """The pages that exist once."""

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
        """Return when the sitemap itself last changed, for the index; a deletion is a change too."""
        return last_change()


class Archives(Sitemap):
    """The years and months, in the site's time zone, in which posts were published."""

    def items(self) -> list[str]:
        months = [month for month, _number in Post.objects.live().per_month()]
        years = sorted({f"{month:%Y}" for month in months})
        return [reverse("blog:year", args=[year]) for year in years] + [
            reverse("blog:month", args=[f"{month:%Y}", f"{month:%m}"]) for month in months
        ]

    def location(self, item: str) -> str:
        return item


class Authors(Sitemap):
    items = staticmethod(index.authors)


class Categories(Sitemap):
    items = staticmethod(index.categories)


class Tags(Sitemap):
    items = staticmethod(index.tags)


class AllSeries(Sitemap):
    items = staticmethod(index.series)


class Languages(Sitemap):
    items = staticmethod(index.languages)

    def location(self, item: str) -> str:
        return reverse("blog:language", args=[item])


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


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _answer(request, partial(views.index, sitemap_url_name="blog:sitemap"))


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return _answer(request, partial(views.sitemap, section=section))


def _answer(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
    """Answer a conditional request; the deletion of a post moves the date forward too."""
    changed = last_change()
    return conditional(
        request,
        state=(request.build_absolute_uri(), changed),
        changed=changed,
        render=lambda: view(request, sitemaps=SITEMAPS).render(),
    )
