"""The feeds of every page that lists posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.utils.encoding import escape_uri_path
from django.utils.translation import override
from django.views.generic import View

from blog.changes import last_change, latest
from blog.feeds.entries import POSTS, entries_of
from blog.views.listings import PostList
from feeds import EDITION, FORMATS, Channel, Format
from feeds.absolute import joined
from site_settings.reading import site
from web.conditional import conditional
from web.shown import same_for_all, shows


@method_decorator(same_for_all(), name="dispatch")
class PostFeed(View):
    """The newest posts of a listing in one format, in the site's language, equal for all readers."""

    http_method_names = ["get", "head", "options"]
    listing: type[PostList] = PostList
    format: Format = FORMATS[0]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with override(site.default_language):
            return self.answer(request, **kwargs)

    def answer(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        listing = self.listing()
        listing.setup(request, **kwargs)
        newest = listing.live(POSTS).order_by("-published_at", "-pk")
        rows: list[Any] = list(newest[: site.feed_items])
        site_url = f"{request.scheme}://{request.get_host()}"
        about = (EDITION, self.format.name, site_url)
        says = (listing.title, listing.description, site.feed_text)
        changed = _last_change(rows)
        return conditional(
            request,
            state=(about, says, [(row.pk, row.touched_at) for row in rows] or changed),
            changed=changed,
            render=partial(self.render, listing, rows, site_url, changed),
            language=listing.language,
        )

    def render(
        self, listing: PostList, rows: Sequence[Any], site_url: str, changed: datetime | None
    ) -> HttpResponse:
        entries, shown = entries_of(rows, site_url=site_url)
        # An empty feed is dated by the last change of any post, so it is made anew each time.
        if entries:
            shows(self.request, *listing.shown, *shown)
        self_url = site_url + escape_uri_path(self.request.path)
        channel = Channel(
            title=listing.title,
            description=listing.description,
            page_url=self_url.removesuffix(self.format.suffix),
            self_url=self_url,
            language=listing.language,
            updated=max((entry.updated for entry in entries), default=changed),
            entries=entries,
            icon_url=joined(site_url, static("icons/icon-512.png")),
        )
        return HttpResponse(
            self.format.write(channel),
            content_type=f"{self.format.content_type}; charset=utf-8",
        )


def _last_change(rows: Sequence[Any]) -> datetime | None:
    """Return the last change of the whole site: it never goes back when a post leaves this feed."""
    if not rows:
        return last_change()
    return latest(rows[0].published_at, rows[0].site_touched_at, rows[0].noted_at)
