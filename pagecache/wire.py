"""Hits for a server that has read a request's head and can write bytes: the shortest way.

It knows requests by the very bytes of their address and of the headers that matter, so that a reader
who asks as another did before costs two look-ups.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from pagecache.answers import Form, date_line, wanted_coding
from pagecache.cache import PageCache
from pagecache.keys import Key, Passed, is_personal, key_of
from site_settings.reading import STORED

MOST_KNOWN, MOST_BYTES = 4096, 2048  # requests; bytes of each
MOST_WHOLE = 64  # answers that are kept for the rest of a second, with its date
# The headers that may change the answer, by their places in `Asked` after the address.
PLACES = {b"host": 1, b"accept-encoding": 2, b"accept-language": 3, b"x-forwarded-proto": 4}
NAMES = ("", "HTTP_HOST", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_FORWARDED_PROTO")
# A request with one of these goes the long way.
UNUSUAL = {
    *(b"if-none-match", b"if-modified-since", b"if-match", b"if-unmodified-since", b"if-range"),
    *(b"expect", b"upgrade", b"content-length", b"transfer-encoding"),
}
Asked = tuple[bytes, ...]


class Wire:
    """Finds hits in a page cache. For one thread, the server's event loop."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache
        self._known: dict[Asked, tuple[Key, str]] = {}
        self._generation = cache.generation
        self._second = 0.0
        self._begin = b""
        self._whole: dict[Form, bytes] = {}

    def hit(self, url: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
        """Return the whole answer to a GET on http, or None if it is for others to find.

        `url` is as the request has it, `headers` have lower-case names. Misses, conditional
        requests and readers with a cookie of ours are for others.
        """
        asked = _asked(url, headers)
        if asked is None:
            return None
        known = self._known.get(asked) or self._find(asked)
        if known is None:
            return None
        key, coding = known
        now = time.time()
        page = self.cache.peek(key)
        if page is None or not self.cache.is_fresh(page, now):
            page = self.cache.find(key)
        if self._generation != self.cache.generation:
            self._generation = self.cache.generation
            self._known.clear()
            return self.hit(url, headers)
        form = page.forms.get(coding) if page else None
        if page is None or form is None:
            return None
        page.use()
        self.cache.counts["hit"] += 1
        if not self._second <= now < self._second + 1:
            self._second, self._begin = float(int(now)), date_line(now)
            self._whole.clear()
        return self._whole.get(form) or self._join(form)

    def _join(self, form: Form) -> bytes:
        """Return the answer with its date; a page that many ask for is not copied for each of them."""
        answer = self._begin + form.wire
        if len(self._whole) < MOST_WHOLE:
            self._whole[form] = answer
        return answer

    def _find(self, asked: Asked) -> tuple[Key, str] | None:
        """Return the key and the coding that a request asks for, and know them from then on.

        None for one that is not to be remembered: it has no key, or is long, or the database would
        have to be asked for the languages.
        """
        if sum(map(len, asked)) > MOST_BYTES or STORED.peek() is None:
            return None
        try:
            environ = _environ(asked)
            key = key_of(environ)
        except (Passed, UnicodeError):
            return None
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        known = self._known[asked] = key, wanted_coding(environ["HTTP_ACCEPT_ENCODING"])
        return known


def _asked(url: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Asked | None:
    """Return what decides about the answer; None if the request is an unusual one."""
    asked = [url, b"", b"", b"", b""]
    for name, value in headers:
        if place := PLACES.get(name):
            if asked[place]:
                return None
            asked[place] = value
        elif name in UNUSUAL or (name == b"cookie" and is_personal(value.decode("latin-1"))):
            return None
    return tuple(asked)


def _environ(asked: Asked) -> dict[str, Any]:
    """Return what `key_of` reads of a request's environment. Raises UnicodeError."""
    path, _, query = asked[0].partition(b"?")
    given = {NAMES[place]: value.decode("latin-1") for place, value in enumerate(asked) if place}
    return {
        **given,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(path).decode().encode().decode("latin-1"),
        "QUERY_STRING": query.decode("ascii"),
        "wsgi.url_scheme": "http",
    }
