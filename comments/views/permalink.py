"""The permalink of a reply."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.models import Post
from comments import cookies
from comments.models import Comment
from comments.thread.page import page_of
from comments.visitor import visitor_of


@never_cache
@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """302 to the reply on the page of its thread where it stands today; 404 if it is not shown.

    A browser that brings the key of a mailed link is remembered as its writer's.
    """
    comments = Comment.objects.filter(post__in=Post.objects.live()).select_related("post")
    comment = get_object_or_404(comments, pk=pk)
    visitor = visitor_of(request)
    is_new = visitor.proved(comment) and pk not in visitor.own_replies
    visitor = visitor.having_sent(comment) if is_new else visitor
    if not visitor.replies_under(comment.post).filter(pk=pk).exists():
        raise Http404
    response = HttpResponseRedirect(comment.url_on_page(page_of(comment, visitor=visitor)))
    if is_new:
        cookies.keep_own_replies(response, visitor.own_replies)
    return response
