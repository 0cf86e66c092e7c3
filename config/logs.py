"""The log of requests: their ids, the access log, and refusals without repetition."""

from __future__ import annotations

import io
import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from pagecache.answers import Answer, Headers
from web.client_address import client_address
from web.shown import SHOWN

REQUEST_ID = "X-Request-ID"
IS_ID = re.compile("[A-Za-z0-9._-]{8,64}")
# Signed values, and the keys in mailed links about accounts: whoever has one can use it.
SECRET = re.compile(r"(?<=/key/)[^/]+|[^/?&=]*:[^/?&=]*")
REPEATED_AFTER = 600  # seconds
access = logging.getLogger("parley.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestLog:
    """Gives each request an id, and logs a line about it if `PARLEY_ACCESS_LOG` is set.

    The id is X-Request-ID if a proxy sent a valid one, and goes back in that header. With JSON logs
    (`PARLEY_LOG`) it is in every line logged during the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not is_logged():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given, began = request.headers.get(REQUEST_ID, ""), time.perf_counter()
        token = request_id.set(given if IS_ID.fullmatch(given) else uuid4().hex)
        try:
            response = self.get_response(request)
            # A page that is made to be kept has many requests, which the page cache tells of.
            if SHOWN not in request.META:
                response[REQUEST_ID] = request_id.get()
                if settings.PARLEY_ACCESS_LOG:
                    write_line(request, response, seconds=time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)


def is_logged() -> bool:
    """Return whether requests have ids, or lines in the log."""
    return settings.PARLEY_ACCESS_LOG or settings.PARLEY_LOG == "json"


def log_kept_page(environ: dict[str, Any], made: Answer, seconds: float) -> Headers:
    """Log a request that the page cache answers; return the headers that the answer gets."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    number = given if IS_ID.fullmatch(given) else uuid4().hex
    if settings.PARLEY_ACCESS_LOG:
        token = request_id.set(number)
        request = WSGIRequest({**environ, "wsgi.input": io.BytesIO()})
        response = HttpResponse(status=made.status, headers=dict(made.headers))
        write_line(request, response, seconds=seconds)
        request_id.reset(token)
    return [(REQUEST_ID, number)]


def write_line(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    told = {
        "address": client_address(request) or "-",
        "method": str(request.method),
        "path": SECRET.sub("…", request.get_full_path()),
        "status": response.status_code,
        "bytes": int(response.get("Content-Length", "0")),
        "ms": round(seconds * 1000),
        "agent": request.headers.get("User-Agent", "-"),
    }
    line = "{address} {method} {path} {status} {bytes} {ms}ms {id} {agent}"
    agent = ascii(told["agent"])
    access.info(
        line.format_map(told | {"agent": agent, "id": request_id.get()}), extra={"told": told}
    )


class JsonLines(logging.Formatter):
    """One JSON object in each line (RFC 8259), for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := request_id.get():
            told["request_id"] = number
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told | getattr(record, "told", {}), ensure_ascii=False)


class RefusalsOnce(logging.Filter):
    """Lets one line in ten minutes through for each reason for which Django refuses requests.

    Programs that guess addresses cause thousands: a missing token, too many fields in a form. The
    line becomes a warning without a traceback, because nothing is wrong with the site.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("django.security"):
            return True
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        reason, now = reason_of(record), time.monotonic()
        is_new = now >= self._told_at.get(reason, -REPEATED_AFTER) + REPEATED_AFTER
        if is_new:
            self._told_at[reason] = now
        return is_new


def reason_of(record: logging.LogRecord) -> str:
    """Return logger and reason without what the sender supplied: “Origin checking failed - https://…”."""
    words = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
    return f"{record.name} {words.partition(' - ')[0]}"
