"""Answers `/metrics` to the addresses that `PARLEY_METRICS` names, and counts all other requests."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from config.metrics.figures import count_request, table
from config.metrics.text import text_of
from config.metrics.waiting import waiting
from web.client_address import whole_address

PATH = "/metrics"


class Metrics:
    """For whoever may not ask, `/metrics` is a page that is not there.

    As with monitors, the answer comes on plain HTTP and for any host name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PARLEY_METRICS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.figures = table()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH and may_ask(request):
            return figures_now()
        began = perf_counter()
        response = self.get_response(request)
        count_request(self.figures, response.status_code, perf_counter() - began)
        return response


def may_ask(request: HttpRequest) -> bool:
    """Return whether the request comes from an address that the setting names."""
    address = whole_address(request)
    return address is not None and any(address in network for network in settings.PARLEY_METRICS)


def figures_now() -> HttpResponse:
    text = text_of(table().sums(), waiting())
    response = HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)
    add_never_cache_headers(response)
    return response
