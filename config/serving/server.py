"""What Granian serves (RSGI): files without a thread, monitors without waiting, pages by Django's threads.

Granian sends a file by itself, so a slow reader costs a connection and nothing else. A request's body
is awaited before a thread is taken, and what is too large for that takes one of two threads at most:
so nobody who sends or reads slowly keeps the others out. Threads that all wait for a database that
hangs keep nobody from learning that it does.

See https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md for `scope` and `protocol`.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # re-exported

from config.wsgi import application as django

# isort: split
# Django must be set up before any of its models is read.
from config.logs import write_line
from config.serving import health
from config.serving.files import Files, answer

THREADS, THREADS_FOR_LARGE_BODIES = 4, 2
LARGE = 256 * 1024  # bytes
PATIENCE, PATIENCE_IN_ALL = 60, 600  # seconds; the second for a large body as a whole
Headers = list[tuple[str, str]]
Answered = tuple[int, Headers, bytes]


class Server:
    """One process of the site."""

    def __init__(self) -> None:
        self.files = Files(lambda request: HttpResponse(status=404))
        self.threads = ThreadPoolExecutor(THREADS, "request")
        self.large_bodies = asyncio.Semaphore(THREADS_FOR_LARGE_BODIES)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        path = scope.path
        if path in {"/healthz", "/readyz"}:
            send(protocol, await monitored(path, scope.query_string))
        elif not self.sent_file(scope, protocol):
            with contextlib.suppress(ProtocolClosed):  # whoever asked has left
                await self.page(scope, protocol)

    def sent_file(self, scope: Any, protocol: Any) -> bool:
        """Send the file at this address, and return whether there was one."""
        if not scope.path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            return False
        environ = environ_of(scope)
        is_secure = is_https(environ)
        if settings.SECURE_SSL_REDIRECT and not is_secure:
            return False
        file = self.files.find(scope.path)
        if file is None:
            return False
        status, headers, path, start, end = answer(file, scope.method, environ)
        if is_secure and settings.SECURE_HSTS_SECONDS:
            headers = [*headers, ("Strict-Transport-Security", hsts())]
        if settings.PARLEY_ACCESS_LOG:
            log_access(environ, int(status), headers)
        if path is None:
            protocol.response_empty(int(status), lowered(headers))
        else:
            protocol.response_file_range(int(status), lowered(headers), path, start, end)
        return True

    async def page(self, scope: Any, protocol: Any) -> None:
        environ = environ_of(scope)
        length = content_length(environ)
        if length > LARGE:
            async with self.large_bodies:
                loop = asyncio.get_running_loop()
                body: io.RawIOBase = LargeBody(aiter(protocol), loop)
                await self.answer_by_thread(environ, io.BufferedReader(body), protocol)
            return
        try:
            received = await asyncio.wait_for(protocol(), PATIENCE) if length else b""
        except TimeoutError:
            protocol.response_empty(408, [("connection", "close")])
            return
        await self.answer_by_thread(environ, io.BytesIO(received), protocol)

    async def answer_by_thread(self, environ: dict[str, Any], body: Any, protocol: Any) -> None:
        environ["wsgi.input"] = body
        loop = asyncio.get_running_loop()
        send(protocol, await loop.run_in_executor(self.threads, ask_django, environ))


class LargeBody(io.RawIOBase):
    """A body that a thread reads while it arrives."""

    def __init__(self, pieces: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> None:
        self._pieces, self._loop, self._left = pieces, loop, b""
        self._until = loop.time() + PATIENCE_IN_ALL

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = self._next_piece()
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def _next_piece(self) -> bytes:
        """Raises OSError, as a broken connection does, when none comes."""
        awaited = asyncio.run_coroutine_threadsafe(self._await_piece(), self._loop)
        try:
            return awaited.result()
        except Exception as error:
            raise OSError(f"The rest of the request did not arrive: {error}") from error

    async def _await_piece(self) -> bytes:
        patience = min(PATIENCE, self._until - self._loop.time())
        return await asyncio.wait_for(anext(self._pieces, b""), patience)


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
        return health.unanswered()


def environ_of(scope: Any) -> dict[str, Any]:
    """The request as PEP 3333 has it.

    A name with an underscore is dropped: as CGI writes names, it would count as the one with dashes.
    """
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
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
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ


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


def hsts() -> str:
    """As Django's SecurityMiddleware writes it."""
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] * settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    return "; ".join(parts + ["preload"] * settings.SECURE_HSTS_PRELOAD)


def lowered(headers: Any) -> Headers:
    """Names as HTTP/2 wants them."""
    return [(name.lower(), value) for name, value in headers]


application = Server()
