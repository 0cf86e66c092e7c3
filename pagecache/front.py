"""A cache in front of the site, such as Varnish or a CDN: what it may keep, and telling it of changes.

It keeps a page for a day under the names of what the page shows, and forgets it by them. Browsers are
told what they are told otherwise: `Cache-Control` is for them, the headers here for the cache in front
(RFC 9213 for `CDN-Cache-Control`; Fastly's and Varnish's `Surrogate-Control`).
"""

from __future__ import annotations

import io
import logging
import re
import socket
import ssl
from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from pagecache.answers import Headers
from pagecache.log import hash_of
from web.shown import SITE

DAY = 24 * 60 * 60
# Bytes of a header; Varnish takes 8 KiB, Cloudflare and Fastly 16. Who shows more is not kept there.
MOST_NAMES = 6000
PLAIN = re.compile(r"[a-z0-9:/_-]{1,40}")
PATIENCE = 1.0  # seconds; a writer waits for it
PAUSE = 5.0  # seconds in which no writer waits again
PORTS = {"http": 80, "https": 443}
MOST_SAID = 200  # letters of an answer that makes no sense, for the log
logger = logging.getLogger(__name__)


class NotTold(Exception):
    """The cache in front does not answer, or answers something else than 200."""


def headers_of(names: Iterable[str], until: datetime | None) -> Headers:
    """Return the headers by which a cache in front keeps a page that shows these names.

    There are none without `PARLEY_PURGE`, none for a page that changes by itself (`until`), since
    nobody tells of that, and none for more names than a header holds.
    """
    if not settings.PARLEY_PURGE or until:
        return []
    keys = sorted(map(key, names))
    together = " ".join(keys)
    if len(together) > MOST_NAMES:
        return []
    life = f"max-age={DAY}"
    return [
        ("Surrogate-Control", life),
        ("CDN-Cache-Control", life),
        ("Surrogate-Key", together),
        ("Cache-Tag", ",".join(keys)),
    ]


def key(name: str) -> str:
    """Return a name as it stands in a header: as it is, or a hash if it is long or has other signs."""
    return name if PLAIN.fullmatch(name) else f"{hash_of(name):016x}"


def ban(names: Iterable[str]) -> None:
    """Have the cache in front forget the pages that show one of these names. Raises NotTold.

    For more names than a header holds, it forgets all pages.
    """
    wanted = "|".join(sorted(map(key, names)))
    if len(wanted) > MOST_NAMES:
        wanted = key(SITE)
    address = urlsplit(settings.PARLEY_PURGE)
    try:
        status = _answer_of(address, {"X-Ban-Names": rf"(?:^|\s)(?:{wanted})(?:\s|$)"})
    except (OSError, HTTPException) as error:
        raise NotTold(str(error)[:MOST_SAID] or type(error).__name__) from error
    if status != HTTPStatus.OK:
        raise NotTold(f"it answers {status}")


def _answer_of(address: SplitResult, headers: dict[str, str]) -> int:
    """Send BAN and return the status of the answer. Raises OSError, HTTPException.

    It takes PATIENCE at most, however slowly the answer comes. The lookup of a name has the system's
    limits.
    """
    host, port = address.hostname or "", address.port or PORTS[address.scheme]
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    end = monotonic() + PATIENCE
    connected = socket.create_connection((host, port), timeout=PATIENCE / len(places))
    with connected as plain, _secured(plain, address, end) as line:
        line.settimeout(_seconds_until(end))
        asking = HTTPConnection(host, port)
        asking.sock = line
        host_header = address.netloc.rpartition("@")[2]
        asking.request("BAN", address.path or "/", headers={"Host": host_header, **headers})
        coming: Any = _InTime(line, end)
        answer = HTTPResponse(coming, method="BAN")
        answer.begin()
        return answer.status


def _secured(plain: socket.socket, address: SplitResult, end: float) -> socket.socket:
    """Return the connection as it is for http, and with TLS for https. Raises OSError."""
    if address.scheme == "http":
        return plain
    plain.settimeout(_seconds_until(end))
    return ssl.create_default_context().wrap_socket(plain, server_hostname=address.hostname)


class _InTime(io.RawIOBase):
    """What a socket receives, for `HTTPResponse`: reading raises TimeoutError from `end` on.

    The timeout of a socket begins anew with each byte.
    """

    def __init__(self, line: socket.socket, end: float) -> None:
        self._line = line
        self._end = end

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        self._line.settimeout(_seconds_until(self._end))
        return self._line.recv_into(room)


def _seconds_until(end: float) -> float:
    """Return how much time is left, in seconds. Raises TimeoutError if there is none."""
    if (left := end - monotonic()) <= 0:
        raise TimeoutError("timed out")
    return left


class Front:
    """Tells the cache in front now, if it can be told. It is left alone after a failure."""

    def __init__(self) -> None:
        self._next_try = 0.0

    def tell(self, names: Iterable[str]) -> bool:
        """Return whether it has forgotten the pages that show these names."""
        if monotonic() < self._next_try:
            return False
        try:
            ban(names)
        except NotTold as error:
            self._next_try = monotonic() + PAUSE
            logger.error("The cache at PARLEY_PURGE cannot be told of a change: %s", error)
            return False
        return True


front = Front()
