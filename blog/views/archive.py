"""The archive: all dates, subjects, series, authors and languages on one page; and the about page."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog import index
from blog.feeds.links import site_feed_links
from blog.models import Post
from blog.shown import INDEX
from web.shown import SITE, same_for_all, shows


class Year(NamedTuple):
    number: int
    months: list[tuple[datetime, int]]
    posts: int


@same_for_all()
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show the years and months with their numbers of posts, and everything that posts belong to."""
    shows(request, INDEX)
    context = {
        "years": years(Post.objects.live().per_month()),
        "categories": index.categories(),
        "series": index.series(),
        "authors": index.authors(),
        "tags": index.tags(),
        "languages": index.languages(),
        "feeds": site_feed_links(),
        "heading": _("Archive"),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "blog/archive.html", context)


@same_for_all()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    shows(request, SITE)
    return render(request, "blog/about.html", {"feeds": site_feed_links()})


def years(months: list[tuple[datetime, int]]) -> list[Year]:
    """Group months with their numbers of posts, newest first, by year."""
    grouped = groupby(months, key=lambda month: month[0].year)
    listed = [(year, list(part)) for year, part in grouped]
    return [Year(year, part, sum(number for _month, number in part)) for year, part in listed]
