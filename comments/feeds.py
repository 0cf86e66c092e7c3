"""RSS feeds of replies: those under one post, and those of the whole site."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from blog.changes import REPLIES, last_change, latest, noted
from blog.languages import interface_language
from blog.metadata import plain_text
from blog.models import Post
from blog.shortcuts import post_or_404
from blog.shown import POSTS, name_of
from comments.models import Comment
from comments.models.querysets import CommentQuerySet
from comments.shown import REPLIES as REPLIES_SHOWN
from comments.shown import account, thread_of
from feeds import EDITION, Channel, Entry, Person, rss
from feeds.absolute import absolute
from site_settings.reading import site
from web.conditional import conditional
from web.shown import same_for_all, shows

NEWEST = 50
SUMMARY_WORDS = 30
FEED_TYPE = f"{rss.TYPE}; charset=utf-8"


@same_for_all()
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """Answer with the newest replies of the site, in the site's language."""
    shows(request, REPLIES_SHOWN, POSTS)
    with override(site.default_language):
        return _answer(
            request,
            Comment.objects.published(),
            title=_("Replies on %(site)s") % {"site": site.name},
            page=reverse("blog:home"),
            language=site.default_language,
            around=last_change(REPLIES),
        )


@same_for_all()
@require_safe
def replies_to_post(request: HttpRequest, address: str) -> HttpResponse:
    """Answer with the newest replies under a post, in the post's language; 404 if it is not live.

    301 from an earlier address of the post: feed readers then ask at the new one (RFC 9110).
    """
    posts = Post.objects.live().without_texts().annotate(noted_at=Subquery(noted(REPLIES)))
    post = post_or_404(posts, address)
    if post.address != address:
        return HttpResponsePermanentRedirect(reverse("comments:post_feed", args=[post.address]))
    shows(request, name_of(post), thread_of(post.pk))
    with override(interface_language(post.language)):
        return _answer(
            request,
            Comment.objects.approved().filter(post=post),
            title=_("Replies to “%(post)s”") % {"post": post.title},
            page=post.get_absolute_url(),
            language=post.language,
            around=latest(post.published_at, post.touched_at, post.noted_at),  # type: ignore[attr-defined]
        )


def _answer(
    request: HttpRequest,
    comments: CommentQuerySet,
    *,
    title: str,
    page: str,
    language: str,
    around: datetime | None,
) -> HttpResponse:
    """Write the feed. `around` is when the posts, or the noted changes of replies, last changed."""
    newest = comments.select_related("post").order_by("-submitted_at", "-pk")[:NEWEST]
    rows = list(newest)
    entries = [_entry(request, comment) for comment in rows]
    shows(request, *(account(comment.user_id) for comment in rows if comment.user_id))
    shows(request, *(name_of(comment.post) for comment in rows))
    changed = latest(around, *(_last_change(row) for row in rows))
    channel = Channel(
        title=title,
        description=site.name,
        page_url=request.build_absolute_uri(page),
        self_url=request.build_absolute_uri(request.path),
        language=language,
        updated=max((entry.updated for entry in entries), default=None),
        entries=entries,
    )
    return conditional(
        request,
        state=(EDITION, channel),
        changed=changed,
        render=lambda: HttpResponse(rss.FORMAT.write(channel), content_type=FEED_TYPE),
        language=language,
    )


def _entry(request: HttpRequest, comment: Comment) -> Entry:
    url = request.build_absolute_uri(comment.get_absolute_url())
    words = {"name": comment.name, "post": comment.post.title}
    return Entry(
        uid=comment.uid.urn,
        url=url,
        title=_("%(name)s on “%(post)s”") % words,
        html=absolute(comment.body_html, url),
        summary=Truncator(plain_text(comment.body_html)).words(SUMMARY_WORDS),
        published=comment.submitted_at,
        updated=comment.edited_at or comment.submitted_at,
        language=comment.language,
        authors=[Person(comment.name)],
    )


def _last_change(comment: Comment) -> datetime:
    return comment.edited_at or comment.appeared_at or comment.submitted_at
