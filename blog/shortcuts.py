"""Functions for views of several apps."""

from __future__ import annotations

from django.http import Http404

from blog.models import Post
from blog.models.querysets import PostQuerySet

CODE = 'class="code"'


def has_code(html: str) -> bool:
    """Return whether a page with this HTML needs the style sheet of code."""
    return CODE in html


def live_post(address: str) -> Post:
    """Return a live post by its present or an earlier address, without its texts. Raises Http404."""
    posts = Post.objects.live().with_bylines().with_conversation()
    return post_or_404(posts.without_texts(), address)


def post_or_404(posts: PostQuerySet, address: str) -> Post:
    """Return the post at an address, or that had it before. Raises Http404."""
    post = posts.at(address)
    if post is None:
        raise Http404
    return post
