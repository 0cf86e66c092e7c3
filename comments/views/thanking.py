"""Thanking for a reply, and taking it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts.addresses import client_address
from accounts.ids import IS_ID
from comments import cookies, identity
from comments.models import Comment
from comments.ratelimit import TooMany, check_pace_of
from comments.rights import NotThere
from comments.samesite import from_this_site
from comments.thanking import OwnReply, give_thanks, take_thanks_back
from comments.thread import Reader
from comments.views.ways import back_to, told_to_wait

MOST = 60


@from_this_site
@require_POST
def thank(request: HttpRequest) -> HttpResponse:
    """`give` or `take` names the reply; back to it (303), or how it stands now, as JSON (`?fragment=1`).

    404 for what readers do not see, 403 for one's own reply, 429 for too many.
    """
    comment = _asked(request)
    browser = identity.browser_of(request, about=comment.pk)
    try:
        check_pace_of("thanks", address=client_address(request), most=MOST)
        number = _carry_out(request, comment, identity.reader_key(request.user, browser))
    except NotThere:
        raise Http404 from None
    except OwnReply:
        raise PermissionDenied from None
    except TooMany as pace:
        return told_to_wait(render(request, "429.html", status=429), pace.retry_after)
    response = _answer(request, comment, number)
    identity.remember(request, response, browser)
    return response


def _asked(request: HttpRequest) -> Comment:
    pk = request.POST.get("give") or request.POST.get("take", "")
    if not IS_ID.fullmatch(pk):
        raise Http404
    return get_object_or_404(Comment.objects.select_related("post"), pk=pk)


def _carry_out(request: HttpRequest, comment: Comment, reader: str) -> int:
    if "give" not in request.POST:
        return take_thanks_back(comment=comment, reader=reader)
    who = Reader(request.user, cookies.own_replies(request))
    is_own = who.wrote(comment.pk, comment.user_id)
    return give_thanks(comment=comment, reader=reader, is_own=is_own)


def _answer(request: HttpRequest, comment: Comment, number: int) -> HttpResponse:
    if "fragment" in request.GET:
        return JsonResponse({"number": number, "given": "give" in request.POST})
    return back_to(request, comment.post, place=f"comment-{comment.pk}")
