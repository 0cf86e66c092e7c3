"""The pages for requests that fail, in the site's design."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

UNSHOWN_FIELDS = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing to work: no context, no database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers 403 and shows what was typed, so that a page left open overnight loses nobody's words."""
    foreign = any(
        reason.startswith(known.split("%")[0]) for known in (REASON_BAD_ORIGIN, REASON_BAD_REFERER)
    )
    typed = [] if foreign else typed_texts(request.POST)
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def typed_texts(data: MultiValueDict[str, str]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if value.strip() and name not in UNSHOWN_FIELDS and len(value) > 1
    ]
