"""What authors and moderators do with a conversation on the post's own page."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from blog.models import Post
from blog.shortcuts import live_post
from comments.exceptions import NotThere
from comments.models import Comment
from comments.verbs import leading
from comments.views.base import back_to
from comments.visitor import visitor_of
from web.ids import IS_ID

OF_A_POST: dict[str, Callable[..., None]] = {
    "pause": leading.pause,
    "resume": leading.resume,
    "close": leading.close,
    "reopen": leading.reopen,
}
OF_A_REPLY: dict[str, Callable[..., None]] = {
    "pin": leading.pin,
    "unpin": leading.unpin,
}


@require_POST
def lead(request: HttpRequest, address: str) -> HttpResponse:
    """The pressed button says what to do, and back to the thread (303). 403 for who may not."""
    post = live_post(address)
    if not visitor_of(request).may_lead(post):
        raise PermissionDenied
    for name, verb in OF_A_POST.items():
        if name in request.POST:
            verb(post=post)
            return back_to(request, post, place="replies")
    for name, verb in OF_A_REPLY.items():
        if name in request.POST:
            comment = _reply(post, request.POST[name])
            _carry_out(verb, comment)
            return back_to(request, post, place=f"comment-{comment.pk}")
    return HttpResponseBadRequest()


def _reply(post: Post, pk: str) -> Comment:
    if not IS_ID.fullmatch(pk):
        raise Http404
    return get_object_or_404(Comment, post=post, pk=pk)


def _carry_out(verb: Callable[..., None], comment: Comment) -> None:
    try:
        verb(comment=comment)
    except NotThere:
        raise Http404 from None
