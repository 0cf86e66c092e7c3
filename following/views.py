"""Following a conversation by mail: asking, confirming, stopping."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.shortcuts import live_post
from comments import cookies
from comments.mail_limits import TooManyMails, may_be_mailed
from comments.mail_links import BadToken
from comments.visitor import visitor_of
from following.forms import FollowForm, WishForm
from following.links import Linked, linked_by
from following.models import Scope
from following.verbs import confirm_follow, follow, stop_following, widen_follow
from web.form_page import FormPage
from web.ratelimit import check_rate

MOST = 10


class FollowPost(FormPage):
    """A form to follow a conversation without a reply. POST leads back (303)."""

    template = "following/follow_post.html"
    form_class = FollowForm

    def form_options(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def initial(self) -> dict[str, Any]:
        return {"email": cookies.replier(self.request).get("email", "")}

    def context(self) -> dict[str, Any]:
        return {"post": live_post(self.kwargs["address"])}

    def done(self, form: Form) -> HttpResponse:
        post, visitor = live_post(self.kwargs["address"]), visitor_of(self.request)
        email = form.cleaned_data.get("email", "")
        is_known = visitor.is_proven(email)
        check_rate("follows", address=visitor.address, most=MOST)
        if not is_known and not may_be_mailed(email):
            form.add_error(None, TooManyMails.message)
            return self.shown(form, status=429)
        follow(post=post, scope=Scope.EVERYTHING, visitor=visitor, email=email)
        messages.success(self.request, _said(is_known=is_known))
        return HttpResponseRedirect(post.get_absolute_url() + "#replies", status=303)


@method_decorator(never_cache, name="dispatch")
class FollowLink(View):
    """The page that mailed links lead to: GET shows the wish; POST confirms, widens or stops it."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        linked, form = _linked(token), WishForm(request.POST)
        form.full_clean()
        if form.cleaned_data["stop"]:
            stop_following(follows=linked.wishes)
        elif linked.follow and form.cleaned_data["everything"]:
            widen_follow(follow=linked.follow)
        elif linked.follow:
            confirm_follow(follow=linked.follow)
        return self._page(token)

    def _page(self, token: str) -> HttpResponse:
        linked = _linked(token)
        context = {"follow": linked.follow, "post": linked.post}
        return render(self.request, "following/follow.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_mail_program(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails for a mail program, which POSTs without a cookie and shows no page (RFC 8058).

    A second POST is no error. A program that opens the address (GET) is led to the page that asks.
    """
    if request.method != "POST":
        return redirect("following:follow", token)
    stop_following(follows=_linked(token).wishes)
    said = _("You will get no more mails about this conversation.")
    return HttpResponse(said, "text/plain; charset=utf-8")


def _linked(token: str) -> Linked:
    """Return what a token stands for. Raises Http404 for a token that is not ours."""
    try:
        return linked_by(token)
    except BadToken:
        raise Http404 from None


def _said(*, is_known: bool) -> str:
    """Return a message, always the same for strangers: nobody else learns who follows what."""
    if is_known:
        return _("You will get a mail for each reply to this article.")
    return _("A mail is on its way to you. Open the link in it, and you will be told of replies.")
