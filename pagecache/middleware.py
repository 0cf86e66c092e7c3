"""Who may keep an answer: the browser, a cache in front, nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pagecache.keys import owner

# By what makes a page somebody's own. Whoever signs out does not get the pages of the account by the
# browser's Back; guests keep the pages from before.
OWN = {"session": "private, no-store", "cookie": "private, no-cache"}
FOR_ALL = "public, no-cache"  # may be stored, and is asked about each time (RFC 9111, 5.2.2.4)


class SayWhoMayKeep:
    """Sets `Cache-Control` where a view has not.

    Without it, each cache decides by itself (RFC 9111, section 4.2.2): Chromium keeps an address that
    has moved or a post that was withdrawn for good, Varnish keeps any page for two minutes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            of = owner(request.META.get("HTTP_COOKIE", "")) or (
                "cookie" if response.cookies else ""
            )
            response["Cache-Control"] = OWN.get(of, FOR_ALL)
        return response
