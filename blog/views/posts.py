"""The page of one post, and its preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.beside import beside
from blog.entries import people
from blog.feeds.links import site_feed_links
from blog.models import Post, Status
from blog.post_page import complete, post_at, translations_of
from blog.redirects import gone
from blog.related import related_to
from blog.shortcuts import has_code
from blog.shown import family_of, name_of, posts_of
from web.shown import same_for_all, shows

# What blocks of code are marked with (`markup.extensions.code`); only they need the style sheet.
HEADINGS_FOR_CONTENTS = 4


@same_for_all("sort", "thread", "fold")
@require_safe
def post_detail(request: HttpRequest, year: str, month: str, slug: str) -> HttpResponse:
    """Answer 200 for a live post, 410 for a withdrawn one, else 404 (see `blog.redirects`)."""
    post = post_at(f"{year}/{month}/{slug}")
    if post and post.status == Status.WITHDRAWN:
        return gone(request)
    if not post or not post.is_live:
        raise Http404
    return render(request, "blog/post_detail.html", page_context(request, post))


@never_cache
@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a post that is not live to those who may edit it; 404 for anybody else."""
    post = complete(get_object_or_404(Post.objects.for_page().editable_by(request.user), uid=uid))
    return render(
        request, "blog/post_detail.html", page_context(request, post) | {"is_preview": True}
    )


def page_context(request: HttpRequest, post: Post) -> dict[str, Any]:
    """Return the page's context with what other apps add. Raises Http404 as `blog.beside` does."""
    earlier, later = _neighbours_in_series(post)
    bylines = post.bylines.all()
    related = related_to(post)
    shows(request, *_shown(post, [one for one in (*related, earlier, later) if one]))
    return {
        "post": post,
        "bylines": bylines,
        "people": people([(one.role, one.author.name, one.author.slug) for one in bylines]),
        "related": related,
        "previous_in_series": earlier,
        "next_in_series": later,
        "translations": translations_of(post),
        "canonical": post.canonical_url or request.build_absolute_uri(post.get_absolute_url()),
        "description": post.description,
        "shows_code": has_code(post.body_html),
        "shows_contents": len(post.toc) >= HEADINGS_FOR_CONTENTS,
        "feeds": site_feed_links(),
        **beside(request, post),
    }


def _shown(post: Post, linked: list[Post]) -> Iterator[str]:
    """Return the names of what the page shows besides the conversation (`blog.shown`)."""
    yield from (name_of(post), family_of(post), *map(name_of, linked))
    yield from (name_of(byline.author) for byline in post.bylines.all())
    for about in filter(None, [*post.tags.all(), post.category, post.series]):
        # Their lists too: which posts are related, or stand beside this one.
        yield from (name_of(about), posts_of(name_of(about)))
    if post.lead_image:
        yield name_of(post.lead_image)


def _neighbours_in_series(post: Post) -> tuple[Post | None, Post | None]:
    if post.series is None:
        return None, None
    parts = list(Post.objects.live().in_series(post.series).only("title", "address", "language"))
    place = next((place for place, part in enumerate(parts) if part.pk == post.pk), len(parts))
    earlier = parts[place - 1] if 0 < place <= len(parts) else None
    return earlier, parts[place + 1] if place + 1 < len(parts) else None
