"""Where a reply's permalink leads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.models import Post
from comments import cookies
from comments.models import Comment
from comments.thread import Reader, page_of
from comments.views.person import writer_of


@never_cache
@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """302 to the reply on today's page of its thread, for it moves as others come and go; else 404.

    A browser that brings the key of a mailed link is known from then on to be its writer's.
    """
    comments = Comment.objects.filter(post__in=Post.objects.live()).select_related("post")
    comment = get_object_or_404(comments, pk=pk)
    writer = writer_of(request)
    is_new = writer.proved(comment) and pk not in writer.own
    reader = Reader(request.user, [*writer.own, pk] if is_new else writer.own)
    if not reader.sees(comment.post).filter(pk=pk).exists():
        raise Http404
    response = HttpResponseRedirect(comment.url_on_page(page_of(comment, reader=reader)))
    if is_new:
        cookies.remember_reply(request, response, comment)
    return response
