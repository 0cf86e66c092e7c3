"""A kept page in each coding that readers ask for, and the answers made of it (RFC 9110)."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import brotli
import zstandard
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from web.conditional import UNSETTLED

Headers = list[tuple[str, str]]
IDENTITY, GZIP = "", "gzip"
# Where packing a page of 110 kB takes two milliseconds, less than making it. Brotli's quality 9
# saves 2 % more in 12 ms, 11 saves 12 % in 150 ms; zstd's level 19 saves 6 % in 55 ms.
GZIP_LEVEL, BROTLI_QUALITY, ZSTD_LEVEL = 9, 5, 9
GZIP_WINDOW = 16 + zlib.MAX_WBITS  # with gzip's head (RFC 1952)
# Bytes that a page takes besides its forms, measured: as such, and for each name of what it shows.
OF_PAGE, OF_NAME = 1536, 180
SETTLED = UNSETTLED + 1  # seconds, of which a date in HTTP has whole ones
VARY = "Accept-Encoding, Accept-Language, Cookie"
# What a 304 repeats of the headers of the 200 (RFC 9110, section 15.4.5).
OF_NOT_MODIFIED = {"cache-control", "content-location", "etag", "expires", "last-modified", "vary"}
OF_ONE_ANSWER = {"content-length", "content-encoding", "etag", "vary", "date"}
WEIGHTED = re.compile(r"^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([0-9.]+))?\s*$", re.IGNORECASE)


def gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    return packer.compress(body) + packer.flush()


CODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=BROTLI_QUALITY)),
    "zstd": lambda body: zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body),
    GZIP: gzip,
}


class Answer(NamedTuple):
    """What a server sends."""

    status: int
    headers: Headers
    body: bytes


class Form(NamedTuple):
    """A page in one coding: headers and body as HTTP/1.1 sends them."""

    wire: bytes
    body_at: int

    @property
    def body(self) -> bytes:
        return self.wire[self.body_at :]


@dataclass(slots=True)
class Kept:
    """A page: its headers, its body in some codings, and the names of what it shows.

    `until` is when it changes by itself (Unix time). `was_used` and `times` tell whether and how
    often it was asked for since it was kept, `fame` how often the pages with its key were before.
    """

    headers: Headers
    names: array[int]
    until: float
    stored_at: float
    etag: str
    forms: dict[str, Form] = field(default_factory=dict)
    size: int = 0
    is_kept: bool = False
    was_used: bool = False
    times: int = 0
    fame: int = 0

    @property
    def taken(self) -> int:
        """The bytes that the page takes now; `size` is what the store has counted."""
        forms = sum(len(form.wire) for form in list(self.forms.values()))
        return OF_PAGE + OF_NAME * len(self.names) + forms

    def use(self) -> None:
        """Note that somebody asked for it."""
        self.was_used = True
        self.times += 1

    def form(self, coding: str) -> Form:
        """Return the page in a coding; made when it is first asked for, and once."""
        found = self.forms.get(coding)
        if found is None:
            body = self._plain()
            found = self._add(coding, CODERS[coding](body) if coding else body)
        return found

    def _plain(self) -> bytes:
        if IDENTITY in self.forms:
            return self.forms[IDENTITY].body
        return zlib.decompress(self.forms[GZIP].body, GZIP_WINDOW)

    def _add(self, coding: str, body: bytes) -> Form:
        headers = self.headers_with(coding, len(body))
        head = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers) + "\r\n"
        wire = head.encode("latin-1") + body
        # Another thread may have been faster.
        return self.forms.setdefault(coding, Form(wire, len(wire) - len(body)))

    def headers_with(self, coding: str, length: int) -> Headers:
        """Return the headers of the page in a coding in which its body has this length."""
        headers = [
            *self.headers,
            ("ETag", self.etag_of(coding)),
            ("Vary", VARY),
            ("Content-Length", str(length)),
        ]
        return [*headers, ("Content-Encoding", coding)] if coding else headers

    def etag_of(self, coding: str) -> str:
        """Return the entity tag: each coding has its own (RFC 9110, section 8.8.3.3)."""
        return f'"{self.etag}-{coding}"' if coding else f'"{self.etag}"'


def packed(
    headers: Iterable[tuple[str, str]],
    body: bytes,
    *,
    names: Iterable[int],
    until: float,
    now: float,
) -> Kept:
    """Return a page to keep, in gzip, of which the other codings are made when they are asked for."""
    own = [_shared(pair) for pair in headers if pair[0].lower() not in OF_ONE_ANSWER]
    etag = blake2b(body, digest_size=12).hexdigest()
    page = Kept(own, array("Q", set(names)), until, now, etag)
    page._add(GZIP, gzip(body))
    page.size = page.taken
    return page


@lru_cache(maxsize=256)
def _shared(header: tuple[str, str]) -> tuple[str, str]:
    """Return the same header for all pages that have an equal one: most are in all."""
    return header


@lru_cache(maxsize=2048)
def wanted_coding(accepted: str) -> str:
    """Return the best coding that an Accept-Encoding header allows; "" for the page as it is.

    See RFC 9110, section 12.5.3. Of codings with equal weights the one that packs closest is best.
    """
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        if found := WEIGHTED.match(part):
            weights[found[1].lower()] = _weight(found[2])
    anything = weights.get("*", 0.0)
    offered = [(weights.get(coding, anything), coding) for coding in CODERS]
    weight, coding = max(offered, key=lambda pair: pair[0])
    return coding if weight > 0 else IDENTITY


def _weight(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def answer(page: Kept, method: str, coding: str, known: str | None, since: str | None) -> Answer:
    """Return 200, or 304 if the client has the page (RFC 9110, section 13.2.2).

    `known` is its If-None-Match and `since` its If-Modified-Since; None if it sent none.
    """
    body = page.form(coding).body
    headers = page.headers_with(coding, len(body))
    if _is_known(page, coding, known, since):
        repeated = [(name, value) for name, value in headers if name.lower() in OF_NOT_MODIFIED]
        return Answer(304, repeated, b"")
    return Answer(200, headers, body if method == "GET" else b"")


def _is_known(page: Kept, coding: str, known: str | None, since: str | None) -> bool:
    if known is not None:
        tags = [tag.removeprefix("W/") for tag in parse_etags(known)]
        return "*" in tags or page.etag_of(coding) in tags
    changed = next((value for name, value in page.headers if name == "Last-Modified"), None)
    dated, asked = parse_http_date_safe(changed or ""), parse_http_date_safe(since or "")
    if dated is None or asked is None:
        return False
    # A page that was made soon after a change may have the date of the page before.
    return dated <= min(asked, page.stored_at - SETTLED)


def date_line(moment: float) -> bytes:
    """Return the beginning of an answer of HTTP/1.1: the status 200 and the date."""
    return f"HTTP/1.1 200 OK\r\ndate: {http_date(moment)}\r\n".encode("ascii")
