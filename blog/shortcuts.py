"""What views of several apps ask of posts."""

from __future__ import annotations

from django.http import Http404

from blog.models import Post
from blog.models.querysets import PostQuerySet


def live_post(address: str) -> Post:
    """With bylines and conversation, and without texts; by an earlier address too. Raises Http404."""
    posts = Post.objects.live().with_bylines().with_conversation()
    return post_or_404(posts.without_texts(), address)


def post_or_404(posts: PostQuerySet, address: str) -> Post:
    """The one of these that stands at an address, or stood there once."""
    post = posts.at(address)
    if post is None:
        raise Http404
    return post
