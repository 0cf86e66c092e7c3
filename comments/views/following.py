"""Following a conversation by mail: asking for it, confirming it, stopping it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_address
from blog.models import Post
from comments import cookies
from comments.following import confirm_follow, follow, stop_following, widen_follow
from comments.forms import FollowForm
from comments.limits import TooManyMails, check_mails_to
from comments.models import Follow, Scope
from comments.pace import TooMany, check_pace_of
from comments.policy import is_proven
from comments.tokens import FOLLOW, BadToken
from comments.views.ways import live_post, told_to_wait

MOST = 10


@method_decorator(never_cache, name="dispatch")
class FollowPost(View):
    """For whoever wants to hear of a conversation without replying. POST leads back (303)."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        remembered = {"email": cookies.replier(request).get("email", "")}
        return self._page(FollowForm(initial=remembered, user=request.user), address)

    def post(self, request: HttpRequest, address: str) -> HttpResponse:
        form = FollowForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._page(form, address, status=422)
        email = form.cleaned_data.get("email", "")
        is_known = request.user.is_authenticated or is_proven(
            email=email, own_replies=cookies.own_replies(request)
        )
        try:
            found = self._follow(email, address, is_known=is_known)
        except TooManyMails:
            form.add_error(None, TooManyMails.message)
            return self._page(form, address, status=429)
        except TooMany as pace:
            form.add_error(None, _("You sent this form many times. Please wait a little."))
            return told_to_wait(self._page(form, address, status=429), pace.retry_after)
        messages.success(request, _said(is_known=is_known))
        return HttpResponseRedirect(found.post.get_absolute_url() + "#replies", status=303)

    def _follow(self, email: str, address: str, *, is_known: bool) -> Follow:
        check_pace_of("follows", address=client_address(self.request), most=MOST)
        if not is_known:
            check_mails_to(email)
        return follow(
            post=live_post(address),
            scope=Scope.EVERYTHING,
            user=self.request.user if self.request.user.is_authenticated else None,
            email=email,
            language=get_language() or "",
            is_proven=is_known,
        )

    def _page(self, form: FollowForm, address: str, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "post": live_post(address)}
        return render(self.request, "comments/follow_post.html", context, status=status)


@method_decorator(never_cache, name="dispatch")
class FollowLink(View):
    """Where the links of our mails lead: GET says how things stand; POST confirms, widens or stops."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(_followed(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        found = _followed(token)
        if found and "stop" in request.POST:
            stop_following(follow=found)
            return self._page(None, post=found.post)
        if found and "everything" in request.POST:
            widen_follow(follow=found)
        elif found:
            confirm_follow(follow=found)
        return self._page(_followed(token))

    def _page(self, found: Follow | None, post: Post | None = None) -> HttpResponse:
        context = {"follow": found, "post": found.post if found else post}
        return render(self.request, "comments/follow.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_mail_program(request: HttpRequest, token: str) -> HttpResponse:
    """One press in a mail program (RFC 8058): no page, no cookie, no question; twice is no error.

    A program that opens the address instead (GET) is led to the page that asks.
    """
    if request.method != "POST":
        return redirect("comments:follow", token)
    if found := _followed(token):
        stop_following(follow=found)
    return HttpResponse(
        _("You will get no more mails about this conversation."), "text/plain; charset=utf-8"
    )


def _followed(token: str) -> Follow | None:
    """None if it was stopped. Raises Http404 for a token that is none of ours."""
    try:
        pk = FOLLOW.read(token)
    except BadToken:
        raise Http404 from None
    return Follow.objects.filter(pk=pk).select_related("post", "user").first()


def _said(*, is_known: bool) -> str:
    """To a stranger always the same: who follows what is told to nobody else."""
    if is_known:
        return _("You will get a mail for each reply to this article.")
    return _("A mail is on its way to you. Open the link in it, and you will be told of replies.")
