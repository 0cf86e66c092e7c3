"""What is written of requests: their numbers, who asked for what, and refusals without repeating them."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from web.client_address import client_address

REQUEST_ID = "X-Request-ID"
IS_ID = re.compile("[A-Za-z0-9._-]{8,64}")
# What was signed, and what stands in the link of a mail about an account: whoever has it may use it.
SECRET = re.compile(r"(?<=/key/)[^/]+|[^/?&=]*:[^/?&=]*")
REPEATED_AFTER = 600  # seconds
access = logging.getLogger("parley.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestLog:
    """Numbers each request, and writes one line about it where that is asked for (`PARLEY_ACCESS_LOG`).

    The number comes from X-Request-ID if a proxy sent one that is fit to be written, and goes back in
    that header; it stands in every line that is logged meanwhile, where lines are JSON (`PARLEY_LOG`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not (settings.PARLEY_ACCESS_LOG or settings.PARLEY_LOG == "json"):
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given, began = request.headers.get(REQUEST_ID, ""), time.perf_counter()
        token = request_id.set(given if IS_ID.fullmatch(given) else uuid4().hex)
        try:
            response = self.get_response(request)
            response[REQUEST_ID] = request_id.get()
            if settings.PARLEY_ACCESS_LOG:
                write_line(request, response, seconds=time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)


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
    """One object of JSON in each line (RFC 8259), for what collects logs."""

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
    """Lets one line through in ten minutes of each reason for which Django refuses requests.

    Programs that guess at addresses send thousands: a token that is missing, too many fields in a form.
    Such a line is a warning without a traceback, since nothing is wrong with the site.
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
    """Without what the sender put in: “Origin checking failed - https://…”."""
    words = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
    return f"{record.name} {words.partition(' - ')[0]}"
