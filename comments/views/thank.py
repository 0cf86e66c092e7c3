"""Thanking for a reply, and taking it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from comments.exceptions import NotThere
from comments.models import Comment
from comments.verbs.thanking import OwnReply, give_thanks, take_thanks_back
from comments.views.base import back_to
from comments.visitor import remember_browser, visitor_with_browser
from web.ids import IS_ID
from web.ratelimit import TooMany, check_pace_of, told_to_wait
from web.same_site import from_this_site

MOST = 60


@from_this_site
@require_POST
def thank(request: HttpRequest) -> HttpResponse:
    """`give` or `take` names the reply; back to it (303), or how it stands now, as JSON (`?fragment=1`).

    404 for what readers do not see, 403 for one's own reply, 429 for too many.
    """
    comment = _asked(request)
    visitor = visitor_with_browser(request, about=comment.pk)
    try:
        check_pace_of("thanks", address=visitor.address, most=MOST)
        verb = give_thanks if "give" in request.POST else take_thanks_back
        number = verb(comment=comment, visitor=visitor)
    except NotThere:
        raise Http404 from None
    except OwnReply:
        raise PermissionDenied from None
    except TooMany as pace:
        return told_to_wait(render(request, "429.html", status=429), pace.retry_after)
    response = _answer(request, comment, number)
    remember_browser(request, response, visitor)
    return response


def _asked(request: HttpRequest) -> Comment:
    pk = request.POST.get("give") or request.POST.get("take", "")
    if not IS_ID.fullmatch(pk):
        raise Http404
    return get_object_or_404(Comment.objects.select_related("post"), pk=pk)


def _answer(request: HttpRequest, comment: Comment, number: int) -> HttpResponse:
    if "fragment" in request.GET:
        return JsonResponse({"number": number, "given": "give" in request.POST})
    return back_to(request, comment.post, place=f"comment-{comment.pk}")
