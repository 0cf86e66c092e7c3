"""The links to a page's feeds, by which feed readers find them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse

from feeds import FORMATS
from site_settings.reading import site


class FeedLink(NamedTuple):
    title: str
    url: str
    content_type: str


@lru_cache(maxsize=1000)
def feed_links(listing: str, heading: str, **where: Any) -> tuple[FeedLink, ...]:
    """Return a link for each format. `listing` is the page's URL name, `where` its URL arguments."""
    return tuple(
        FeedLink(
            title=f"{heading} ({kind.label})",
            url=reverse(f"blog:{listing}_{kind.name}", kwargs=where),
            content_type=kind.content_type,
        )
        for kind in FORMATS
    )


def site_feed_links() -> tuple[FeedLink, ...]:
    return feed_links("home", site.name)
