"""A form on a page: GET shows it, POST does what it asks for, and an error keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from web.ratelimit import TooMany, told_to_wait


@method_decorator(never_cache, name="dispatch")
class FormPage(View):
    """Shows `form_class` on the page `template`; a subclass says in `done` what a valid form does.

    An invalid form is answered with 422 (RFC 9110), too many forms with 429 and Retry-After (RFC
    6585). Where `has_fragment`, `?fragment=1` asks for the form without the page around it: the
    template whose name begins with "_".
    """

    http_method_names = ["get", "head", "post", "options"]
    form_class: type[Form] = Form
    template: str
    has_fragment = False
    too_many = _("You sent this form many times. Please wait a little.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            return self.done(form)
        except TooMany as error:
            return self.shown_to_wait(form, str(self.too_many), error.retry_after)

    def make_form(self, data: Any = None) -> Form:
        initial = self.initial() if data is None else None
        return self.form_class(data, initial=initial, **self.form_options())

    def initial(self) -> dict[str, Any]:
        """Return the values of the form when it is opened."""
        return {}

    def form_options(self) -> dict[str, Any]:
        """Return what the form takes besides data and initial values."""
        return {}

    def done(self, form: Form) -> HttpResponse:
        """Do what the form asks for, and redirect. May raise TooMany."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return the context for the page around the form."""
        return {}

    def shown(self, form: Form | None, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.page(self.template, status=status, form=form, **context)

    def shown_to_wait(self, form: Form, problem: str, seconds: int) -> HttpResponse:
        form.add_error(None, problem)
        return told_to_wait(self.shown(form, status=429), seconds)

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of this view with its context, or the part of it that a script asks for."""
        return self.rendered(template, self.context() | context, status=status)

    def rendered(
        self, template: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        folder, slash, name = template.rpartition("/")
        name = f"_{name}" if self.is_fragment else name
        return render(self.request, f"{folder}{slash}{name}", context, status=status)

    @property
    def is_fragment(self) -> bool:
        return self.has_fragment and "fragment" in self.request.GET
