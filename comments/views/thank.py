"""Thanking for a reply, and taking thanks back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from comments.exceptions import NotThere
from comments.forms import ThanksForm
from comments.models import Comment
from comments.verbs.thanking import OwnReply, give_thanks, take_thanks_back
from comments.views.base import back_to
from comments.visitor import remember_browser, visitor_with_browser
from web.ratelimit import TooMany, check_rate, told_to_wait
from web.same_site import from_this_site

MOST = 60


@from_this_site
@require_POST
def thank(request: HttpRequest) -> HttpResponse:
    """`give` or `take` names the reply; 303 back to it, or the new number as JSON (`?fragment=1`).

    404 for a reply that readers do not see, 403 for the visitor's own, 429 for too many.
    """
    form = ThanksForm(request.POST)
    pk = form.reply if form.is_valid() else None
    comment = get_object_or_404(Comment.objects.select_related("post"), pk=pk)
    gives = form.cleaned_data["give"] is not None
    visitor = visitor_with_browser(request, about=comment.pk)
    try:
        check_rate("thanks", address=visitor.address, most=MOST)
        number = (give_thanks if gives else take_thanks_back)(comment=comment, visitor=visitor)
    except NotThere:
        raise Http404 from None
    except OwnReply:
        raise PermissionDenied from None
    except TooMany as error:
        return told_to_wait(render(request, "429.html", status=429), error.retry_after)
    response: HttpResponse = (
        JsonResponse({"number": number, "given": gives})
        if "fragment" in request.GET
        else back_to(request, comment.post, place=f"comment-{comment.pk}")
    )
    remember_browser(request, response, visitor)
    return response
