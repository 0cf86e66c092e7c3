"""Where one comes from and goes back to: a post by its address, the page that was read; or when again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from blog.models import Post
from blog.querysets import PostQuerySet
from comments.asking import Asked, NotAsked


def live_post(address: str) -> Post:
    """With its bylines, and without its texts; by an earlier address too. Raises Http404."""
    return post_or_404(Post.objects.live().with_bylines().without_texts(), address)


def post_or_404(posts: PostQuerySet, address: str) -> Post:
    """The one of these that stands at an address, or stood there once."""
    post = posts.at(address)
    if post is None:
        raise Http404
    return post


def back_to(request: HttpRequest, post: Post, *, place: str) -> HttpResponse:
    """303 to a place in the thread, on the page and in the order that the form says it stood in."""
    try:
        asked = Asked.by(QueryDict(request.POST.get("back", "").removeprefix("?")))
    except NotAsked:
        asked = Asked()
    return HttpResponseRedirect(f"{post.get_absolute_url()}{asked.query()}#{place}", status=303)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """An answer to who asks too often, with the time after which they may again (RFC 6585, 4)."""
    response["Retry-After"] = str(seconds)
    return response
