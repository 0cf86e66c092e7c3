"""Leading a conversation, for authors and moderators, on the post's own page."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from blog.models import Post
from blog.shortcuts import live_post
from comments.exceptions import NotThere
from comments.forms import LeadForm
from comments.models import Comment
from comments.verbs import leading
from comments.views.base import back_to
from comments.visitor import visitor_of

VERBS: dict[str, Callable[..., None]] = {
    "pause": leading.pause,
    "resume": leading.resume,
    "close": leading.close,
    "reopen": leading.reopen,
    "pin": leading.pin,
    "unpin": leading.unpin,
}


@require_POST
def lead(request: HttpRequest, address: str) -> HttpResponse:
    """Do what the pressed button says and lead back to the thread (303). 403 for other visitors."""
    post, form = live_post(address), LeadForm(request.POST)
    if not visitor_of(request).may_lead(post):
        raise PermissionDenied
    if not form.pressed:
        return HttpResponseBadRequest()
    try:
        return back_to(request, post, place=_led(post, form))
    except NotThere:
        raise Http404 from None


def _led(post: Post, form: LeadForm) -> str:
    """Do what the form asks for; return the place on the page to lead back to. Raises NotThere."""
    if form.pressed in form.OF_THE_POST:
        VERBS[form.pressed](post=post)
        return "replies"
    pk = form.cleaned_data[form.pressed] if form.is_valid() else None
    comment = get_object_or_404(Comment, post=post, pk=pk)
    VERBS[form.pressed](comment=comment)
    return f"comment-{comment.pk}"
