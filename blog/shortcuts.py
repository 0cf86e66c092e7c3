"""What views of several apps ask of posts."""

from __future__ import annotations

from django.http import Http404

from blog.models import Post
from blog.models.querysets import PostQuerySet


def live_post(address: str) -> Post:
    """With its bylines, and without its texts; by an earlier address too. Raises Http404."""
    return post_or_404(Post.objects.live().with_bylines().without_texts(), address)


def post_or_404(posts: PostQuerySet, address: str) -> Post:
    """The one of these that stands at an address, or stood there once."""
    post = posts.at(address)
    if post is None:
        raise Http404
    return post
