"""The pages for requests that fail, in the site's design."""

from __future__ import annotations

import re
import sys
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from config.outage import AWAY

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# Matches names of fields, also in forms that are not ours.
SECRET = re.compile(
    r"passw|passphrase|secret|token|otp|recovery|(^|[_-])(code|pin)\d*$", re.IGNORECASE
)
MOST_TEXTS = 50
# Fields that forms send and nobody typed.
MACHINERY = re.compile(
    r"_.*|uid|version|key|made|seen|after|back|until|to|next|language|preview|action|index|\w+-.*"
    r"|status|category|series|lead_image|translation_of|comment_policy|comment_notices"
)
LABELS = {
    "body": _("text"),
    "canonical_url": _("canonical URL"),
    "email": _("E-mail address"),
    "name": _("Name"),
    "reply": _("Your reply"),
    "slug": _("slug"),
    "summary": _("summary"),
    "tags": _("tags"),
    "title": _("title"),
    "website": _("Website"),
}
TEXTS, LONGEST_LINE = ("body", "reply", "summary"), 60


class Typed(NamedTuple):
    """The text of a field, by the field's name."""

    name: str
    text: str

    @property
    def label(self) -> str:
        """The form's label, or the field's name if the label is unknown."""
        return capfirst(str(LABELS.get(self.name, self.name)))

    @property
    def is_long(self) -> bool:
        return self.name in TEXTS or len(self.text) > LONGEST_LINE or "\n" in self.text


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 and show what was typed: permissions can change while somebody writes."""
    return render(request, "403.html", {"typed": typed_texts(request.POST)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with a page that needs neither context nor database; 503 if the database failed."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 with a form that sends the data again (RFC 9110, sections 10.2.3, 15.6.4)."""
    context = {"action": request.get_full_path(), **fields_to_send_again(request.POST)}
    page = render_to_string("503.html", context)
    wait = str(settings.PARLEY_OUTAGE_PAUSE)
    return HttpResponse(
        page, status=503, headers={"Retry-After": wait, "Cache-Control": "no-store"}
    )


def fields_to_send_again(data: MultiValueDict[str, str]) -> dict[str, list[Typed]]:
    """Return the `typed` and `hidden` fields; none if one is secret: no page repeats a secret."""
    sent = [Typed(name, value) for name, values in data.lists() for value in values]
    if any(SECRET.search(field.name) for field in sent if field.name != TOKEN):
        return {}
    typed = typed_texts(data)
    return {"typed": typed, "hidden": [field for field in sent if field not in typed]}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 and show what was typed, so that a page left open overnight loses no text."""
    foreign = any(
        reason.startswith(known.split("%")[0]) for known in (REASON_BAD_ORIGIN, REASON_BAD_REFERER)
    )
    typed = [] if foreign else typed_texts(request.POST)
    has_no_cookie = reason == REASON_NO_CSRF_COOKIE
    context: dict[str, Any] = {"typed": typed, "has_no_cookie": has_no_cookie}
    # Django compared the origin, so only a page of this site gets a form with a token.
    if "Origin" in request.headers and not foreign and not has_no_cookie:
        context |= form_to_send_again(request)
    return render(request, "403_csrf.html", context, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer 403 to a POST after the session ended, with a form that sends it again."""
    return render(request, "403_signed_out.html", form_to_send_again(request), status=403)


def form_to_send_again(request: HttpRequest) -> dict[str, Any]:
    """Return the fields without the token, which the page renews; nothing if one is secret."""
    fields = fields_to_send_again(request.POST)
    hidden = [field for field in fields.get("hidden", []) if field.name != TOKEN]
    return {**fields, "hidden": hidden, "action": request.get_full_path()} if fields else {}


def typed_texts(data: MultiValueDict[str, str]) -> list[Typed]:
    """Return the typed texts, at most MOST_TEXTS: more than any form of ours has."""
    texts = (
        Typed(name, value)
        for name, values in data.lists()
        if not SECRET.search(name) and not MACHINERY.fullmatch(name)
        for value in values
        if len(value.strip()) > 1 or not value.isascii()
    )
    return list(islice(texts, MOST_TEXTS))
