"""A connection: HTTP/1.1 by httptools on uvicorn's protocol, for answers from memory and for ASGI.

What this adds to uvicorn: pages from memory, written as soon as the head of a request is read,
without a task or a scope; limits for what a client sends, for how many of its requests wait and for
how long it takes; answers to clients that have closed their sending half; no answer cut off by a
request behind it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from http import HTTPStatus
from typing import Any, ClassVar, Protocol
from urllib.parse import unquote_to_bytes

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from config.serving.heads import (
    HEAD_BYTES,
    Headers,
    Refused,
    check,
    escaped,
    parts,
    waits_for_leave,
)

PIECE = 4096  # bytes that are parsed at once; few heads of browsers are longer
MOST_WAITING = 16  # requests of one connection, and those that stand in the same piece
TICK = 5  # seconds between two calls of `grow_older`
# In ticks: for a head to arrive, or the rest of a body that nobody reads; for the next request; for
# the client to take some of what was sent; for it to see that it was refused.
PATIENCE, KEEP_ALIVE, STALLED, LINGER = 6, 15, 60, 1
logger = logging.getLogger("uvicorn.error")


class Pages(Protocol):
    """Whole answers in memory."""

    def hit(self, url: bytes, headers: Headers) -> bytes | None:
        """Return the complete answer to a GET, head and body; None if the application shall make it.

        `url` is the request's target as it came, not always in origin form. Names of headers are in
        lower case. The connection stays open after the answer.
        """


class ClientLeft(ConnectionError):
    """Nobody is there to take the answer."""


class Flow(FlowControl):
    """Reads nothing from a client while some of its requests wait."""

    def __init__(self, transport: asyncio.Transport, waiting: deque[Any]) -> None:
        super().__init__(transport)
        self.waiting = waiting

    def resume_reading(self) -> None:
        if not self.waiting:
            super().resume_reading()


class Sink:
    """Takes the place of the parser when nothing more is read."""

    def feed_data(self, data: bytes) -> None: ...


class Cycle(RequestResponseCycle):
    """A request and its answer. It tells the application when the client is gone, or sends no more."""

    ended: bool = False

    async def send(self, message: Any) -> None:
        """Send a part of the answer. Raises ClientLeft."""
        await super().send(message)
        if self.disconnected:
            raise ClientLeft

    async def receive(self) -> Any:
        if self.ended:  # nothing else will wake it up
            self.message_event.set()
        message: Any = await super().receive()
        if self.ended and message.get("more_body") and not message["body"]:
            return {"type": "http.disconnect"}
        return message

    def end(self) -> None:
        """Let the connection close after the answer, and a body that is not complete end here."""
        self.ended, self.keep_alive = True, False
        self.message_event.set()


class Connection(HttpToolsProtocol):
    """One connection. `grow_older` must be called every TICK seconds."""

    pages: ClassVar[Pages | None] = None

    cycle: Any  # Cycle, or None
    parser: Any
    running: Cycle | None = None
    is_between = True  # no request has begun that is not complete
    in_head = False  # one has begun that is not complete
    is_in_target = False  # the last line that was read is the first of a request, and not complete
    received = 0  # bytes since the piece in which the last head began
    is_hit = False
    unread: deque[bytes]  # pieces that have arrived; empty unless requests wait
    ticks, unsent = 0, 0  # since something happened; bytes at the last tick

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow, self.unread = Flow(transport, self.pipeline), deque()

    # --- what arrives ---------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if len(data) <= PIECE:
            self.read(data)
        else:
            self.unread.extend(data[at : at + PIECE] for at in range(0, len(data), PIECE))
            self.read_on()

    def read_on(self) -> None:
        """Read what has arrived, until too many requests wait."""
        while self.unread and len(self.pipeline) < MOST_WAITING:
            self.read(self.unread.popleft())

    def read(self, data: bytes) -> None:
        """Parse at most PIECE bytes, and answer or begin the requests in them."""
        try:
            if self.in_head:
                self.received += len(data)
                if self.received > HEAD_BYTES:
                    raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            if (data.endswith(b"\n") and data.isascii()) or self.has_body_left():
                self.is_in_target = False
                self.parser.feed_data(data)
            else:
                self.read_lines(data)
        except httptools.HttpParserUpgrade:  # what follows is another protocol, which nobody speaks
            self.read_no_more()
        except httptools.HttpParserCallbackError as error:
            self.refuse(error.__context__)
        except (httptools.HttpParserError, Refused) as error:
            self.refuse(error)

    def read_lines(self, data: bytes) -> None:
        """Parse line by line, so as to know where a target is that may have to be escaped."""
        for line in data.splitlines(keepends=True):
            self.is_in_target = self.is_in_target or self.is_between
            self.parser.feed_data(escaped(line) if self.is_in_target else line)
            if line.endswith(b"\n"):
                self.is_in_target = False

    def has_body_left(self) -> bool:
        return not (self.is_between or self.in_head)

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self.in_head, self.is_between, self.is_hit = True, False, False
        self.received = self.ticks = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.in_head = False
        if self.pages and self.is_idle() and self.is_answered_from_memory(self.pages):
            self.is_hit = True
        else:
            self.begin()

    def on_body(self, body: bytes) -> None:
        if self.is_hit:  # answered already
            raise Refused(None)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.is_between = True
        if self.cycle and not self.is_hit:
            self.cycle.more_body = False
            self.cycle.message_event.set()

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio takes an answer
        """Return whether to keep the connection, because an answer is still being made."""
        if self.is_idle():
            return False
        self.read_no_more()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        if self.running:  # not always the last request, which is the only one that uvicorn tells
            self.running.disconnected = True
            self.running.message_event.set()
        super().connection_lost(exc)

    # --- what is answered -----------------------------------------------------------------------

    def is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def is_answered_from_memory(self, pages: Pages) -> bool:
        parser = self.parser
        if parser.get_method() != b"GET" or self.flow.write_paused:
            return False
        if self.received > HEAD_BYTES - PIECE:  # it may be too large
            return False
        if not parser.should_keep_alive() or parser.get_http_version() != "1.1":
            return False
        answer = pages.hit(self.url, self.headers)
        if answer is None:
            return False
        self.transport.write(answer)
        return True

    def begin(self) -> None:
        """Hand the request to the application, after those before it."""
        check(self.url, self.headers)
        waits, self.cycle = not self.is_idle(), self.cycle_of(self.scope_of(self.headers))
        if waits:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))
        else:
            self._start_asgi_task(self.cycle, self.app)

    def scope_of(self, headers: Headers) -> Any:
        """Return the ASGI scope. The host of an absolute target replaces the header."""
        path, query, host = parts(self.url)
        if host is not None:
            headers = [(name, value) for name, value in headers if name != b"host"]
            headers.append((b"host", host))
        return {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": self.parser.get_http_version(),
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": self.parser.get_method().decode("ascii"),
            "root_path": "",
            "path": unquote_to_bytes(path).decode(errors="replace"),
            "raw_path": path,
            "query_string": query,
            "headers": headers,
        }

    def cycle_of(self, scope: Any) -> Cycle:
        return Cycle(
            scope=scope,
            transport=self.transport,
            flow=self.flow,
            logger=logger,
            access_logger=logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=waits_for_leave(scope["headers"]),
            keep_alive=scope["http_version"] == "1.1" and self.parser.should_keep_alive(),
            on_response=self.on_response_complete,
        )

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        self.ticks = 0
        if not self.transport.is_closing():
            if self.pipeline:
                self._start_asgi_task(*self.pipeline.pop())
            self.read_on()
            self.flow.resume_reading()

    def refuse(self, reason: BaseException | None) -> None:
        """Answer a request that is not taken, unless others are being answered; then close."""
        if not isinstance(reason, Refused | httptools.HttpParserError):
            logger.error("A request cannot be read", exc_info=reason)
        status = reason.status if isinstance(reason, Refused) else HTTPStatus.BAD_REQUEST
        if status and self.is_idle():
            headers = [*self.server_state.default_headers, (b"content-length", b"0")]
            lines = [b"%b: %b\r\n" % header for header in (*headers, (b"connection", b"close"))]
            self.transport.write(b"".join([STATUS_LINE[status], *lines, b"\r\n"]))
        self.read_no_more()

    def read_no_more(self) -> None:
        """Close when everything is answered, and not before the client could read it."""
        self.parser, self.in_head = Sink(), False
        if self.cycle and not self.is_idle():
            self.cycle.end()
        elif not self.transport.is_closing():
            self.transport.write_eof()

    # --- how long it may take -------------------------------------------------------------------

    def grow_older(self) -> None:
        """Close the connection if nothing has happened for too long."""
        self.ticks += 1
        unsent, before = self.transport.get_write_buffer_size(), self.unsent
        self.unsent = unsent
        if unsent != before:
            self.ticks = 0
        elif unsent and self.ticks > STALLED:
            self.transport.abort()
        elif not unsent and self.is_idle() and self.ticks > self.limit():
            self.transport.close()

    def limit(self) -> int:
        """Return for how many ticks the client may be silent."""
        if isinstance(self.parser, Sink):
            return LINGER
        is_first = self.headers is None
        return PATIENCE if not self.is_between or is_first else KEEP_ALIVE
