"""Pages that the links of our mails lead to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from comments.tokens import BadToken, OldToken

View = Callable[..., HttpResponseBase]


def by_mailed_link(view: View) -> View:
    """Answers 410, with the way to a new link, where the token is too old; 404 where it is forged."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OldToken:
            return render(request, "comments/link_too_old.html", status=410)
        except BadToken:
            raise Http404 from None

    return checked
