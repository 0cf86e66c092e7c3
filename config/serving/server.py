"""What Granian serves (RSGI): files without a thread, monitors without waiting, pages by Django's threads.

Granian sends a file by itself, and a request's body is awaited before a thread is taken: who reads or
sends slowly costs a connection and nothing else. Threads that all wait for a database that hangs keep
nobody from learning that it does.

See https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md for `scope` and `protocol`.
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
# Django must be set up before any of its models is read.
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore

from config.logs import write_line
from config.outage import AWAY
from config.serving import health
from config.serving.files import Files, answer
from config.serving.threads import Threads

THREADS = 4
FIRST_ON_SQLITE = 1  # PostgreSQL lets a process do something else meanwhile
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
        # Of their own: who waits until they may write keeps nobody from reading.
        self.threads_for_forms = Threads("form", first=first, more=THREADS - first)
        self.headers_when_secure = hsts()
        # Of their own: a share that hangs keeps readers from uploads and from nothing else.
        self.threads_for_uploads = Threads("upload", first=THREADS)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        path = scope.path
        with contextlib.suppress(ProtocolClosed):  # whoever asked has left
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
        """What is static is known already; for an upload the disk is asked. Raises TimeoutError."""
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
            except ProtocolClosed:  # it ends early, and whoever sent it may still read
                protocol.response_empty(400, [("connection", "close")])
                return
            except OSError:  # there is no room for it
                protocol.response_empty(507, [("connection", "close")])
                return
            body.seek(0)
            environ["wsgi.input"] = body
            send(protocol, await self.answer_of_django(environ))

    async def receive(self, environ: dict[str, Any], protocol: Any, body: IO[bytes]) -> None:
        """Wait until all has arrived, and keep it unless its sender may not send as much.

        What is not kept is read all the same, or a browser that is still sending would tell of a broken
        connection. Django then says from the length alone that it is too much. Raises ProtocolClosed where
        its sender left before the end.
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
    """Whether the session's cookie is one of somebody's. True also where the database does not say."""
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
    """Run the request through Django in this thread. A page is one piece, and kept in memory whole."""
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
    """The request as PEP 3333 has it.

    A name with an underscore is dropped: as CGI writes names, it would count as the one with dashes.
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
    # Granian withholds a field with a byte outside ASCII: `config.errors` says so.
    environ["parley.has_unreadable_cookie"] = (
        "cookie" in scope.headers and "HTTP_COOKIE" not in environ
    )
    # Empty where none was named: Django would take the address of the machine instead.
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


def as_bytes(text: str) -> str:
    """A letter for each byte of its UTF-8, as PEP 3333 ("Unicode Issues") wants it."""
    return text.encode().decode("latin-1")


def add_header(environ: dict[str, Any], name: str, value: str) -> None:
    """Fields of one name become one, as RFC 9110 (section 5.3) and RFC 9113 (section 8.2.3) join them."""
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
    """Of a file that no middleware sees, as its sending begins."""
    request = WSGIRequest({**environ, "wsgi.input": io.BytesIO()})
    write_line(request, HttpResponse(status=status, headers=dict(headers)), seconds=0)


def hsts() -> Headers:
    """What Django's SecurityMiddleware adds on https, if anything (RFC 6797)."""
    https = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO()}
    request = WSGIRequest(https)
    answer = SecurityMiddleware(lambda _: HttpResponse()).process_response(request, HttpResponse())
    name = "Strict-Transport-Security"
    return [(name, answer[name])] if name in answer else []


def lowered(headers: Any) -> Headers:
    """Names as HTTP/2 wants them."""
    return [(name.lower(), value) for name, value in headers]


def end_with_parent() -> None:
    """End this process when Granian's main one is gone, which by `kill -9` cannot say so itself.

    Else it would keep the port and go on answering, with nobody to start it anew or to stop it.
    """
    if parent := multiprocessing.parent_process():

        def wait() -> None:
            parent.join()
            os._exit(1)

        Thread(target=wait, name="parent", daemon=True).start()


end_with_parent()
application = Server()
