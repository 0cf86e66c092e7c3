"""Where one comes from and goes back to: the post by its address, and the page that was being read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404

from blog.models import Post
from comments.asking import Asked, NotAsked


def live_post(address: str) -> Post:
    """With its bylines, and without its texts. Raises Http404."""
    posts = Post.objects.live().with_bylines().without_texts()
    return get_object_or_404(posts, address=address)


def back_to(request: HttpRequest, post: Post, *, place: str) -> HttpResponse:
    """303 to a place in the thread, on the page and in the order that the form says it stood in."""
    try:
        asked = Asked.by(QueryDict(request.POST.get("back", "").removeprefix("?")))
    except NotAsked:
        asked = Asked()
    return HttpResponseRedirect(f"{post.get_absolute_url()}{asked.query()}#{place}", status=303)
