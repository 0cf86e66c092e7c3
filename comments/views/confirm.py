"""The link by which a guest proves the e-mail address of a reply."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import cookies
from comments.exceptions import ChangedMeanwhile
from comments.forms import ConfirmForm, NewLinkForm
from comments.mail_limits import TooManyMails
from comments.mail_links import CONFIRM_REPLY, OldToken
from comments.models import Comment, Status
from comments.verbs.confirming import ask_again_to_confirm, confirm_reply
from comments.views.base import by_mailed_link
from comments.visitor import visitor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the reply and a button, since programs open links too; POST confirms that text.

    409 with the new text if it was changed meanwhile. 410 for a link that is too old; a POST of
    `again` from that page mails a new one.
    """
    try:
        pk = CONFIRM_REPLY.read(token)
    except OldToken as old:
        return _too_old(request, old.value)
    written = Comment.objects.exclude(status=Status.DELETED).select_related(
        "post__conversation", "parent"
    )
    comment = get_object_or_404(written, pk=pk)
    if request.method != "POST":
        return _page(request, comment)
    form = ConfirmForm(request.POST)
    form.full_clean()
    try:
        confirm_reply(comment=comment, seen=form.cleaned_data["version"])
    except ChangedMeanwhile:
        return _page(request, comment, status=409)
    comment.refresh_from_db()
    response = _page(request, comment)
    cookies.keep_own_replies(response, visitor_of(request).having_sent(comment).own_replies)
    return response


def _page(request: HttpRequest, comment: Comment, *, status: int = 200) -> HttpResponse:
    context = {
        "comment": comment,
        "post": comment.post,
        "version": str(comment.version),
        "is_changed": status == 409,
    }
    return render(request, "comments/confirm.html", context, status=status)


def _too_old(request: HttpRequest, pk: int) -> HttpResponse:
    comment = Comment.objects.to_be_confirmed().filter(pk=pk).select_related("post").first()
    context: dict[str, Any] = {"waits": comment is not None}
    status = 410
    if comment and NewLinkForm(request.POST).is_valid():
        context |= {"post": comment.post}
        try:
            ask_again_to_confirm(comment=comment, language=get_language() or "")
            status, context["is_mailed"] = 200, True
        except TooManyMails:
            status, context["problem"] = 429, TooManyMails.message
    return render(request, "comments/confirm_too_old.html", context, status=status)
