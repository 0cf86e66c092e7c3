"""The RSGI application that Granian serves: files, monitors, and pages in Django's threads.

Granian sends files itself, and the whole body of a request arrives before a thread takes it: a slow
client takes a connection and no thread. Monitors get an answer even while all threads wait for a
database that hangs.

See https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md for `scope` and
`protocol`.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing
import os
import sys
from tempfile import SpooledTemporaryFile
from threading import Thread
from typing import IO, Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # re-exported
from whitenoise.responders import StaticFile

from config.wsgi import application as django

# isort: split
# Django must be set up before the imports below read its models.
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore

from config.logs import write_line
from config.outage import AWAY
from config.serving import health
from config.serving.files import Files, answer
from config.serving.threads import Threads

THREADS = 4
FIRST_ON_SQLITE = 1  # while PostgreSQL works, other threads can run
IN_MEMORY = 256 * 1024  # bytes of a body; a longer one is a temporary file
PATIENCE, PATIENCE_FOR_LARGE = 60, 600  # seconds for a body
PATIENCE_FOR_DISK = 10  # seconds
Headers = list[tuple[str, str]]
Answered = tuple[int, Headers, bytes]


class Server:
    """One process of the site."""

    def __init__(self) -> None:
        self.files = Files(lambda request: HttpResponse(status=404))
        first = FIRST_ON_SQLITE if connection.vendor == "sqlite" else THREADS
        self.threads = Threads("request", first=first, more=THREADS - first)
        # Separate threads: forms that wait to write do not keep readers waiting.
        self.threads_for_forms = Threads("form", first=first, more=THREADS - first)
        self.headers_when_secure = hsts()
        # Separate threads: a network share that hangs affects uploads only.
        self.threads_for_uploads = Threads("upload", first=THREADS)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        path = scope.path
        with contextlib.suppress(ProtocolClosed):  # the client has left
            if path in {"/healthz", "/readyz"}:
                send(protocol, await monitored(path, scope.query_string))
            elif not await self.sent_file(scope, protocol):
                await self.page(scope, protocol)

    async def sent_file(self, scope: Any, protocol: Any) -> bool:
        """Send the file at this address, and return whether there was one."""
        if not scope.path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            return False
        environ = environ_of(scope)
        is_secure = is_https(environ)
        if settings.SECURE_SSL_REDIRECT and not is_secure:
            return False
        try:
            file = await self.find(scope.path)
        except TimeoutError:
            protocol.response_empty(503, [("retry-after", str(settings.PARLEY_OUTAGE_PAUSE))])
            return True
        if file is None:
            return False
        status, headers, path, start, end = answer(file, scope.method, environ)
        if is_secure:
            headers = [*headers, *self.headers_when_secure]
        if settings.PARLEY_ACCESS_LOG:
            log_access(environ, int(status), headers)
        if path is None:
            protocol.response_empty(int(status), lowered(headers))
        else:
            protocol.response_file_range(int(status), lowered(headers), path, start, end)
        return True

    async def find(self, path: str) -> StaticFile | None:
        """Return a static file from memory, or look for an upload on the disk. Raises TimeoutError."""
        if not path.startswith(settings.MEDIA_URL):
            return self.files.find(path)
        look = self.threads_for_uploads.run(self.files.find, path)
        return await asyncio.wait_for(look, PATIENCE_FOR_DISK)

    async def page(self, scope: Any, protocol: Any) -> None:
        environ = environ_of(scope)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                await self.receive(environ, protocol, body)
            except TimeoutError:
                protocol.response_empty(408, [("connection", "close")])
                return
            except ProtocolClosed:  # the body ends early, and the client may still read
                protocol.response_empty(400, [("connection", "close")])
                return
            except OSError:  # the disk has no room for the body
                protocol.response_empty(507, [("connection", "close")])
                return
            body.seek(0)
            environ["wsgi.input"] = body
            send(protocol, await self.answer_of_django(environ))

    async def receive(self, environ: dict[str, Any], protocol: Any, body: IO[bytes]) -> None:
        """Wait for the whole body, and keep it unless its sender may not send so much.

        It reads a body that it does not keep, because a browser that still sends would report a
        broken connection. Django then refuses it by its length alone. Raises ProtocolClosed if the
        sender leaves before the end.
        """
        length = content_length(environ)
        if not 0 < length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return
        is_large = length > settings.PARLEY_FORM_BYTES
        is_kept = not is_large or await self.threads.run(is_signed_in, environ)
        async with asyncio.timeout(PATIENCE_FOR_LARGE if is_large else PATIENCE):
            async for piece in protocol:
                length -= len(piece)
                if is_kept:
                    body.write(piece)
        if length:
            raise ProtocolClosed

    async def answer_of_django(self, environ: dict[str, Any]) -> Answered:
        is_form = environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
        threads = self.threads_for_forms if is_form else self.threads
        return await threads.run(ask_django, environ)


def is_signed_in(environ: dict[str, Any]) -> bool:
    """Return whether the session belongs to a user. True also if the database does not answer."""
    request = WSGIRequest({**environ, "wsgi.input": io.BytesIO()})
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    close_old_connections()
    request.session = SessionStore(key)
    try:
        return get_user(request).is_authenticated
    except AWAY:
        return True


def ask_django(environ: dict[str, Any]) -> Answered:
    """Run the request through Django in this thread. Returns the page as one piece in memory."""
    started: list[Any] = []

    def start(status: str, headers: Headers, *_: Any) -> Any:
        started.extend((status, headers))

    result: Any = django(environ, start)
    try:
        content = b"".join(result)
    finally:
        result.close()
    return int(started[0][:3]), lowered(started[1]), content


def send(protocol: Any, answered: Answered) -> None:
    protocol.response_bytes(*answered)


async def monitored(path: str, query: str) -> Answered:
    if path == "/healthz":
        response = health.alive()
    else:
        response = health.ready(await found_in_time(), strict="strict" in query)
    return response.status_code, lowered(response.items()), response.content


async def found_in_time() -> health.State:
    look = asyncio.shield(asyncio.wrap_future(health.watch.look()))
    try:
        return await asyncio.wait_for(look, health.DEADLINE)
    except TimeoutError:
        return health.NO_ANSWER


def environ_of(scope: Any) -> dict[str, Any]:
    """Return the request's PEP 3333 environment.

    It drops a header with an underscore, which in CGI has the same name as one with a dash.
    """
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": as_bytes(scope.path),
        "QUERY_STRING": as_bytes(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            add_header(environ, name, value)
    # Granian omits a header with a byte outside ASCII: `config.errors` tells the reader.
    environ["parley.has_unreadable_cookie"] = (
        "cookie" in scope.headers and "HTTP_COOKIE" not in environ
    )
    # Empty if the request names no host: Django would use the machine's address instead.
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


def as_bytes(text: str) -> str:
    """Return one letter for each byte of the UTF-8, as PEP 3333 ("Unicode Issues") requires."""
    return text.encode().decode("latin-1")


def add_header(environ: dict[str, Any], name: str, value: str) -> None:
    """Add a header; join equal names as RFC 9110 (section 5.3) and RFC 9113 (section 8.2.3) say."""
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
        key = f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value


def content_length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH", "")
    return int(text) if text.isdecimal() else 0


def is_https(environ: dict[str, Any]) -> bool:
    name, wanted = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    said = environ.get(name, "").split(",")[0].strip()
    return bool(said == wanted) if said else bool(environ["wsgi.url_scheme"] == "https")


def log_access(environ: dict[str, Any], status: int, headers: Headers) -> None:
    """Log a request for a file, which no middleware sees, when its sending begins."""
    request = WSGIRequest({**environ, "wsgi.input": io.BytesIO()})
    write_line(request, HttpResponse(status=status, headers=dict(headers)), seconds=0)


def hsts() -> Headers:
    """Return the headers that Django's SecurityMiddleware adds on https (RFC 6797), if any."""
    https = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO()}
    request = WSGIRequest(https)
    answer = SecurityMiddleware(lambda _: HttpResponse()).process_response(request, HttpResponse())
    name = "Strict-Transport-Security"
    return [(name, answer[name])] if name in answer else []


def lowered(headers: Any) -> Headers:
    """Return the headers with lower-case names, as HTTP/2 requires."""
    return [(name.lower(), value) for name, value in headers]


def end_with_parent() -> None:
    """End this process when Granian's main process is gone: after `kill -9` it cannot say so.

    Otherwise this one would keep the port and go on answering, and nobody could restart or stop it.
    """
    if parent := multiprocessing.parent_process():

        def wait() -> None:
            parent.join()
            os._exit(1)

        Thread(target=wait, name="parent", daemon=True).start()


end_with_parent()
application = Server()
