"""Finding, downloading and erasing everything one person wrote here. No account is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import EmptyPage
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from comments.forms import AddressForm
from comments.mail_links import MINE
from comments.views.base import by_mailed_link
from comments.visitor import KEY, visitor_of
from following.verbs import forget_follows
from privacy.downloading import everything_of
from privacy.erasing import erase
from privacy.finding import DataSubject
from privacy.forms import StopForm
from privacy.tasks import mail_link_to
from web.form_page import FormPage
from web.pagination import Uncounted
from web.ratelimit import check_rate

PER_PAGE = 50
MOST = 10


class FindMine(FormPage):
    """Mails a link to the typed address; leads a visitor who is signed in there at once.

    Neither the answer nor its time tells anybody whether anything was found.
    """

    template = "privacy/mine_ask.html"
    form_class = AddressForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect("privacy:my_replies")
        return super().dispatch(request, *args, **kwargs)

    def done(self, form: Form) -> HttpResponse:
        visitor, email = visitor_of(self.request), form.cleaned_data["email"]
        check_rate("finds", address=visitor.address, most=MOST)
        mail_link_to.enqueue(email, visitor.language)
        return self.page("privacy/mine_mailed.html", email=email)


class Proven(View):
    """A page for one person: the account that is signed in, or the holder of a token of MINE."""

    person: DataSubject
    token: str = ""

    def dispatch(
        self, request: HttpRequest, *args: Any, token: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        self.token = token
        person = self._proven()
        if person is None:
            return redirect("privacy:find_mine")
        self.person = person
        return super().dispatch(request, *args, **kwargs)

    def _proven(self) -> DataSubject | None:
        if self.token:
            return DataSubject(email=MINE.read(self.token))
        return DataSubject(user=self.request.user) if self.request.user.is_authenticated else None

    def address(self, name: str) -> str:
        """Return the address of another page for the same person."""
        if self.token:
            return reverse(f"privacy:{name}", args=[self.token])
        return reverse(f"privacy:my_{name}")

    def page(self, template: str, **context: Any) -> HttpResponse:
        context |= {
            "person": self.person,
            "proof": f"?{KEY}={self.token}" if self.token else "",
            "here": self.address("replies"),
            "download": self.address("download"),
            "erase": self.address("erase"),
        }
        return render(self.request, f"privacy/{template}.html", context)


@method_decorator([never_cache, by_mailed_link], name="dispatch")
class MyReplies(Proven):
    """The list of replies and wishes. POST ends one wish."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        number = request.GET.get("page", "1")
        try:
            replies = Uncounted(self.person.replies, PER_PAGE).page(int(number))
        except (ValueError, EmptyPage):
            raise Http404 from None
        return self.page("mine", replies=replies, follows=self.person.follows)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StopForm(request.POST)
        if form.is_valid():
            forget_follows(follows=self.person.follows.filter(pk=form.cleaned_data["stop"]))
        return HttpResponseRedirect(self.address("replies") + "#follows", status=303)


@method_decorator([never_cache, by_mailed_link], name="dispatch")
class DownloadMine(Proven):
    """Everything as one JSON file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(
            everything_of(self.person),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": 'attachment; filename="replies.json"'},
        )


@method_decorator([never_cache, by_mailed_link], name="dispatch")
class EraseMine(Proven):
    """GET asks for confirmation; POST erases everything."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("mine_erase")

    def post(self, request: HttpRequest) -> HttpResponse:
        number = erase(person=self.person)
        said = ngettext("%(n)d reply is erased.", "%(n)d replies are erased.", number)
        messages.success(request, said % {"n": number})
        return HttpResponseRedirect(self.address("replies"), status=303)
