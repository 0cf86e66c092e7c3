"""The link by which a guest proves the e-mail address of a reply."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import cookies
from comments.confirming import confirm_reply
from comments.models import Comment, Status
from comments.tokens import CONFIRM_REPLY
from comments.views.links import by_mailed_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the reply and a button, for programs open links too; POST confirms."""
    written = Comment.objects.exclude(status=Status.DELETED).select_related("post", "parent")
    comment = get_object_or_404(written, pk=CONFIRM_REPLY.read(token))
    if request.method == "POST":
        confirm_reply(comment=comment)
        comment.refresh_from_db()
    response = render(request, "comments/confirm.html", {"comment": comment, "post": comment.post})
    if request.method == "POST":
        cookies.remember_reply(request, response, comment)
    return response
