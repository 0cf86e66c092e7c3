"""The ASGI application: files, monitors, and pages in Django's threads.

The whole body of a request arrives before a thread takes it, and files are read piece by piece: a
slow client takes a connection and no thread. Monitors get an answer even while all threads wait for
a database that hangs. `config.serving.main` runs it.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
from http import HTTPStatus
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest, get_path_info
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from whitenoise.responders import StaticFile

from config.wsgi import application as django

# isort: split
# Django must be set up before the imports below read its models.
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore

from config.logs import is_logged, write_line
from config.metrics.middleware import PATH, figures_now, may_ask
from config.outage import AWAY
from config.serving import health
from config.serving.environ import content_length, environ_of
from config.serving.files import Answer, Files, answer
from config.serving.protocol import ClientLeft, Connection
from config.serving.sending import (
    Answered,
    Headers,
    lowered,
    opened,
    read_small,
    refuse,
    refuse_for_now,
    send_from,
    send_head,
    send_whole,
)
from config.serving.threads import Threads
from pagecache.wire import Wire
from pagecache.wsgi import PageCacheLayer, ask
from web.secure import is_https

THREADS = 4
FIRST_ON_SQLITE = 1  # while PostgreSQL works, other threads can run
IN_MEMORY = 256 * 1024  # bytes of a body; a longer one is a temporary file
PATIENCE, PATIENCE_FOR_LARGE = 60, 600  # seconds for a body
PATIENCE_FOR_DISK = 10  # seconds


class Server:
    """The site. One process makes it and forks others, each of which starts threads of its own."""

    threads: Threads
    # Separate threads: forms that wait to write do not keep readers waiting.
    threads_for_forms: Threads
    # Separate threads: a network share that hangs affects files only.
    threads_for_files: Threads

    def __init__(self) -> None:
        self.files = Files(lambda request: HttpResponse(status=404))
        self.small_files = read_small(Path(settings.STATIC_ROOT))
        self.headers_when_secure = hsts()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        with contextlib.suppress(ClientLeft):
            if scope["path"] in {"/healthz", "/readyz"}:
                await send_whole(send, await monitored(scope["path"], scope["query_string"]))
            elif not await self.sent_figures(scope, send) and not await self.sent_file(scope, send):
                await self.page(scope, receive, send)

    async def live(self, receive: Any, send: Any) -> None:
        """Start the threads of this process, and end them when it ends."""
        await receive()
        self.start()
        if isinstance(django, PageCacheLayer):
            django.begin()
            Connection.pages = None if is_logged() else Wire(django.cache)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for threads in (self.threads, self.threads_for_forms, self.threads_for_files):
            threads.finish()
        if isinstance(django, PageCacheLayer):
            django.end()
        await send({"type": "lifespan.shutdown.complete"})

    def start(self) -> None:
        first = FIRST_ON_SQLITE if connection.vendor == "sqlite" else THREADS
        self.threads = Threads("request", first=first, more=THREADS - first)
        self.threads_for_forms = Threads("form", first=first, more=THREADS - first)
        self.threads_for_files = Threads("file", first=THREADS)

    async def sent_figures(self, scope: Any, send: Any) -> bool:
        """Send the figures about the site, and return whether this is a request that gets them.

        In a thread apart from those for pages: the figures matter most when pages wait.
        """
        if scope["path"] != PATH or not settings.PARLEY_METRICS:
            return False
        if not may_ask(WSGIRequest({**environ_of(scope), "wsgi.input": io.BytesIO()})):
            return False
        response = await self.threads_for_files.run(figures_now)
        await send_whole(send, (response.status_code, lowered(response.items()), response.content))
        return True

    async def sent_file(self, scope: Any, send: Any) -> bool:
        """Send the file at this address, and return whether there was one."""
        if not scope["path"].startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            return False
        environ = environ_of(scope)
        is_secure = is_https(environ)
        if settings.SECURE_SSL_REDIRECT and not is_secure:
            return False
        try:
            file = await self.find(get_path_info(environ))
        except TimeoutError:
            await refuse_for_now(send)
            return True
        if file is None:
            return False
        found = answer(file, scope["method"], environ)
        headers = found.headers + (self.headers_when_secure if is_secure else [])
        if settings.PARLEY_ACCESS_LOG:
            log_access(environ, int(found.status), headers)
        try:
            await self.send_file(found._replace(headers=lowered(headers)), send)
        except FileNotFoundError:  # it was there a moment ago
            await refuse(send, HTTPStatus.NOT_FOUND)
        return True

    async def find(self, path: str) -> StaticFile | None:
        """Return a static file from memory, or look for an upload on the disk. Raises TimeoutError."""
        if not path.startswith(settings.MEDIA_URL):
            return self.files.find(path)
        look = self.threads_for_files.run(self.files.find, path)
        return await asyncio.wait_for(look, PATIENCE_FOR_DISK)

    async def send_file(self, found: Answer, send: Any) -> None:
        small = self.small_files.get(found.path or "")
        if found.path and small is None:
            async with opened(found.path, self.threads_for_files) as descriptor:
                await send_head(send, found.status, found.headers)
                await send_from(descriptor, found, send, self.threads_for_files)
        else:
            await send_whole(
                send, (found.status, found.headers, (small or b"")[found.start : found.end])
            )

    async def page(self, scope: Any, receive: Any, send: Any) -> None:
        environ = environ_of(scope)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                await self.receive(environ, receive, body)
            except TimeoutError:
                await refuse(send, HTTPStatus.REQUEST_TIMEOUT)
                return
            except ClientLeft:  # the body ends early, and the client may still read
                await refuse(send, HTTPStatus.BAD_REQUEST)
                return
            except OSError:  # the disk has no room for the body
                await refuse(send, HTTPStatus.INSUFFICIENT_STORAGE)
                return
            body.seek(0)
            environ["wsgi.input"] = body
            await send_whole(send, await self.answer_of_django(environ))

    async def receive(self, environ: dict[str, Any], receive: Any, body: IO[bytes]) -> None:
        """Wait for the whole body, and keep it unless its sender may not send so much.

        It reads a body that it does not keep, because a browser that still sends would report a
        broken connection. Django then refuses it by its length alone. Raises ClientLeft if the
        sender leaves before the end.
        """
        length = content_length(environ)
        if not 0 < length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return
        is_large = length > settings.PARLEY_FORM_BYTES
        is_kept = not is_large or await self.threads.run(is_signed_in, environ)
        async with asyncio.timeout(PATIENCE_FOR_LARGE if is_large else PATIENCE):
            while length > 0:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientLeft
                length -= len(message["body"])
                if is_kept:
                    body.write(message["body"])

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
    """Let the page cache or Django answer in this thread. Returns the page as one piece."""
    made = ask(django, environ)
    return made.status, lowered(made.headers), made.body


async def monitored(path: str, query: bytes) -> Answered:
    if path == "/healthz":
        response = health.alive()
    else:
        response = health.ready(await found_in_time(), strict=b"strict" in query)
    return response.status_code, lowered(response.items()), response.content


async def found_in_time() -> health.State:
    look = asyncio.shield(asyncio.wrap_future(health.watch.look()))
    try:
        return await asyncio.wait_for(look, health.DEADLINE)
    except TimeoutError:
        return health.NO_ANSWER


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


application = Server()
