"""The choice of a language, in the footer of every page."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language


# Pages are the same for all readers and hold no token; a forged choice of language does no harm.
@csrf_exempt
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie, and go back to the page.

    The form names its path, and of the query what a page knows that is kept for all who ask for it
    with whatever else. Of another page the browser tells the query, if it tells from where it comes.
    """
    path, query = request.POST.get("next", ""), _query_of_page(request)
    if query:
        posted = request.POST.copy()
        posted["next"] = f"{path}?{query}"
        request.POST = posted  # type: ignore[assignment]  # Django lets a view replace it
    return set_language(request)


def _query_of_page(request: HttpRequest) -> str:
    """Return the query of the page that the form stands on; "" if the browser does not tell."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return page.query if unquote(page.path) == unquote(request.POST.get("next", "")) else ""
