"""What authors and moderators do with a conversation on the post's own page."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.ids import IS_ID
from blog.models import Post
from comments import conversation
from comments.models import Comment
from comments.policy import may_lead
from comments.rights import NotThere
from comments.views.ways import back_to, live_post

OF_A_POST: dict[str, Callable[..., None]] = {
    "pause": conversation.pause,
    "resume": conversation.resume,
    "close": conversation.close,
    "reopen": conversation.reopen,
}
OF_A_REPLY: dict[str, Callable[..., None]] = {
    "pin": conversation.pin,
    "unpin": conversation.unpin,
}


@require_POST
def lead(request: HttpRequest, address: str) -> HttpResponse:
    """The pressed button says what to do, and back to the thread (303). 403 for who may not."""
    post = live_post(address)
    if not may_lead(post, request.user):
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
