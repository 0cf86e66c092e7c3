"""The head of a request: its target and headers, as they came."""

from __future__ import annotations

import re
from http import HTTPStatus

HEAD_BYTES = 64 * 1024
OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")
ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
Headers = list[tuple[bytes, bytes]]


class Refused(Exception):
    """The request is answered with this status, or not at all, and nothing more is read."""

    def __init__(self, status: HTTPStatus | None) -> None:
        super().__init__(status)
        self.status = status


def escaped(line: bytes) -> bytes:
    """Return a target in ASCII: people and programs type others, llhttp takes none."""
    return OUTSIDE_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line)


def check(target: bytes, headers: Headers) -> None:
    """Raise Refused if the request is too large, or of a form that no browser sends."""
    if len(target) + sum(len(name) + len(value) for name, value in headers) > HEAD_BYTES:
        raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    if not target.startswith((b"/", b"*")) and not ABSOLUTE.match(target):
        raise Refused(HTTPStatus.BAD_REQUEST)
    # The limits for forms are limits of Content-Length.
    if any(name == b"transfer-encoding" for name, _ in headers):
        raise Refused(HTTPStatus.LENGTH_REQUIRED)


def waits_for_leave(headers: Headers) -> bool:
    return any(name == b"expect" and value.lower() == b"100-continue" for name, value in headers)


def parts(target: bytes) -> tuple[bytes, bytes, bytes | None]:
    """Return path, query, and the host that an absolute target names (RFC 9112, section 3.2.2)."""
    target, host = target.partition(b"#")[0], None
    if found := ABSOLUTE.match(target):
        host, target = found[1], b"/" + target[found.end() :].removeprefix(b"/")
    path, _, query = target.partition(b"?")
    return path, query, host
