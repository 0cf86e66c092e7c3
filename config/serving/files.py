"""Static and uploaded files: finds the file for a request, its headers, and the part to send.

WhiteNoise finds the file. Answers follow RFC 9110: conditional requests (section 13) and ranges
(section 14). It sends one range; a request for several gets the whole file.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from wsgiref.headers import Headers

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags, parse_http_date_safe
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware
from whitenoise.responders import NOT_MODIFIED_HEADERS, MissingFileError, SlicedFile, StaticFile

YEAR = 365 * 24 * 60 * 60
RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.IGNORECASE | re.ASCII)
REFUSED = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*$", re.IGNORECASE)
# Browsers show an uploaded file and never run it, whatever they take it for.
HARMLESS = "default-src 'none'; sandbox"


class Answer(NamedTuple):
    """What to send: the bytes of the file at `path`, if any, from `start` up to `end`."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    path: str | None = None
    start: int = 0
    end: int = 0


class Files(WhiteNoiseMiddleware):
    """The middleware that serves files; a server that sends files itself uses its `find`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if codings := request.META.get("HTTP_ACCEPT_ENCODING"):
            request.META["HTTP_ACCEPT_ENCODING"] = wanted_codings(codings)
        file = self.find(request.path_info)
        if file is None:
            response: HttpResponseBase = self.get_response(request)
            return response
        return as_response(answer(file, request.method or "GET", request.META))

    def find(self, url: str) -> StaticFile | None:
        """Return the file at this address, or None."""
        if url.startswith(settings.MEDIA_URL):
            return self.find_upload(url.removeprefix(settings.MEDIA_URL))
        file: StaticFile | None = self.find_file(url) if self.autorefresh else self.files.get(url)
        return file

    def find_upload(self, name: str) -> StaticFile | None:
        """Return an uploaded file, or None. Readers get no file with a name that begins with a dot."""
        parts = name.split("/")
        if any(not part or part.startswith(".") or "\0" in part for part in parts):
            return None
        headers = Headers()
        path = str(Path(settings.MEDIA_ROOT, *parts))
        self.add_mime_headers(headers, path, name)
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        headers["Content-Security-Policy"] = HARMLESS
        try:
            return StaticFile(path, headers.items())
        except (MissingFileError, OSError, UnicodeError):
            return None


def answer(file: StaticFile, method: str, asked: dict[str, Any]) -> Answer:
    """Return what to send of a file; `asked` holds the request's headers under their CGI names."""
    if method not in {"GET", "HEAD"}:
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, [("Allow", "GET, HEAD")])
    wants_part = method == "GET" and "HTTP_RANGE" in asked
    # A range counts bytes of the uncoded file: a client that joins parts must not mix two codings.
    path, headers = representation(file, {} if wants_part else asked)
    if is_known(headers, asked):
        kept = [(name, value) for name, value in headers.items() if name in NOT_MODIFIED_HEADERS]
        return Answer(HTTPStatus.NOT_MODIFIED, kept)
    size = int(headers["Content-Length"] or 0)
    headers["Accept-Ranges"] = "bytes"
    headers["X-Content-Type-Options"] = "nosniff"
    sent = path if method == "GET" and size else None
    part = wanted_part(asked, headers, size) if wants_part else None
    if part is None:
        return Answer(HTTPStatus.OK, headers.items(), sent, 0, size)
    if not part:
        refusal = [("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, refusal)
    headers["Content-Length"] = str(len(part))
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return Answer(HTTPStatus.PARTIAL_CONTENT, headers.items(), sent, part.start, part.stop)


def representation(file: StaticFile, asked: dict[str, Any]) -> tuple[str, Headers]:
    """Return the file in a coding that the client accepts; each coding has its own entity tag."""
    codings = wanted_codings(asked.get("HTTP_ACCEPT_ENCODING", ""))
    path, found = file.get_path_and_headers({"HTTP_ACCEPT_ENCODING": codings})
    headers = Headers(list(found))
    if coding := headers["Content-Encoding"]:
        headers["ETag"] = f'{file.etag[:-1]}-{coding}"'
    return path, headers


def wanted_codings(codings: str) -> str:
    """Return Accept-Encoding without refused codings: WhiteNoise and Django ignore weights.

    See RFC 9110, sections 12.4.2 and 12.5.3.
    """
    return ",".join(coding for coding in codings.split(",") if not REFUSED.search(coding))


def is_known(headers: Headers, asked: dict[str, Any]) -> bool:
    """Return whether the client has what would be sent (RFC 9110, section 13.2.2)."""
    if "HTTP_IF_NONE_MATCH" in asked:
        known = [tag.removeprefix("W/") for tag in parse_etags(asked["HTTP_IF_NONE_MATCH"])]
        return "*" in known or headers["ETag"] in known
    since = parse_http_date_safe(asked.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and since >= (
        parse_http_date_safe(headers["Last-Modified"] or "") or 0
    )


def wanted_part(asked: dict[str, Any], headers: Headers, size: int) -> range | None:
    """Return the range of bytes, empty if it is outside the file; None for the whole file."""
    condition = asked.get("HTTP_IF_RANGE")
    if condition and condition not in {headers["ETag"], headers["Last-Modified"]}:
        return None
    found = RANGE.fullmatch(asked["HTTP_RANGE"].strip())
    if not found or found[0] == "bytes=-" or not any(found.groups()):
        return None
    first, last = (int(number[:20]) if number else None for number in found.groups())
    if first is None:
        return range(max(0, size - (last or 0)), size)
    if last is not None and last < first:
        return None
    return range(first, min(size, last + 1 if last is not None else size))


def as_response(answer: Answer) -> FileResponse:
    """Return a response for a server that leaves sending files to Django."""
    content: Any = ()
    if answer.path:
        file = Path(answer.path).open("rb")  # noqa: SIM115 - closed with the response
        content = SlicedFile(file, answer.start, answer.end - 1)
    response = WhiteNoiseFileResponse(content, status=answer.status)
    del response["Content-Type"]
    for name, value in answer.headers:
        response[name] = value
    return response
