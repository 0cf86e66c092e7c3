"""A connection, with an application and pages that are stand-ins."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from typing import Any

import pytest
import uvloop
from uvicorn.config import Config
from uvicorn.server import ServerState

from config.serving import protocol
from config.serving.protocol import ClientLeft, Connection

END = b"Connection: close\r\n\r\n"
HEAD = b"Host: a\r\n"
FROM_MEMORY = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nmemory"
KNOWN, LARGE = b"/known", b"/large"
PIECE = 65_536
PATIENCE = 30
MUCH = 8 * 2**20
AT_ONCE = 256 * 1024  # bytes that uvloop reads at most


class Memory:
    """Knows one page."""

    def hit(self, url: bytes, headers: Any) -> bytes | None:
        return {LARGE: bytes(PIECE), KNOWN: FROM_MEMORY}.get(url)


class Wire:
    """A server on a port of this machine, in a thread of its own."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []
        self.left: list[type[Exception]] = []
        self.most_unread = 0  # pieces
        self.loop = uvloop.new_event_loop()
        self.may_answer = asyncio.Event()
        self.state = ServerState()
        self.state.default_headers = [(b"date", b"today")]
        self.thread = Thread(target=self.loop.run_forever)
        self.thread.start()
        self.opened = ExitStack()
        self.server = self.call(self.listen())
        self.port = self.server.sockets[0].getsockname()[1]

    @property
    def connections(self) -> list[Any]:
        return list(self.state.connections)

    async def listen(self) -> Any:
        config = Config(
            self.application, interface="asgi3", ws="none", log_config=None, proxy_headers=False
        )
        config.load()

        def connect() -> Connection:
            return Connection(config, self.state, {}, self.loop)

        return await self.loop.create_server(connect, "127.0.0.1", 0)

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer with the path and the body; `/slow` when it may, `/much` with more than fits."""
        self.scopes.append(scope)
        if scope["path"] == "/slow":
            await self.may_answer.wait()
        body, message = b"", {"more_body": scope["method"] == "POST"}
        while message.get("more_body"):
            message = await receive()
            body += message.get("body", b"cut off")
            self.most_unread = max(
                self.most_unread, *(len(one.unread) for one in self.connections), 0
            )
        content = bytes(MUCH) if scope["path"] == "/much" else scope["path"].encode() + b" " + body
        length = (b"content-length", b"%d" % len(content))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [length]})
            await send({"type": "http.response.body", "body": content, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except ClientLeft:
            self.left.append(ClientLeft)

    def call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def let_answer(self) -> None:
        self.loop.call_soon_threadsafe(self.may_answer.set)

    def send(self, *pieces: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.opened.enter_context(connection)
        for piece in pieces:
            connection.sendall(piece)
        return connection

    def exchange(self, *pieces: bytes) -> bytes:
        """Return all that is answered until the server closes."""
        return rest_of(self.send(*pieces))

    def receive(self, pieces: list[bytes]) -> None:
        """Give the one connection what has arrived, in just these pieces."""

        async def give() -> None:
            (connection,) = self.connections
            for piece in pieces:
                connection.data_received(piece)

        self.call(give())

    def grow_older(self, ticks: int) -> None:
        async def tick() -> None:
            for connection in self.connections:
                for _ in range(ticks):
                    connection.grow_older()

        self.call(tick())

    def wait_until(self, holds: Any) -> None:
        async def wait() -> None:
            while not holds():
                await asyncio.sleep(0)

        self.call(asyncio.wait_for(wait(), PATIENCE))

    def close(self) -> None:
        self.opened.close()
        self.let_answer()
        self.wait_until(lambda: not self.connections and not self.state.tasks)
        self.call(self.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def stop(self) -> None:
        self.server.close()
        await self.server.wait_closed()


def rest_of(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as answers:
        return answers.read()


def get(path: bytes, rest: bytes = b"\r\n", version: bytes = b"1.1") -> bytes:
    return b"GET %b HTTP/%b\r\n%b%b" % (path, version, HEAD, rest)


def post(body: bytes, rest: bytes = b"") -> bytes:
    return b"POST /form HTTP/1.1\r\n%b%bContent-Length: %d\r\n\r\n%b" % (
        HEAD,
        rest,
        len(body),
        body,
    )


def statuses(answers: bytes) -> list[int]:
    parts = answers.split(b"HTTP/1.1 ")[1:]
    return [int(part[:3]) for part in parts]


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.close()


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "pages", Memory())


# --- pages from memory ----------------------------------------------------------------------


@pytest.mark.usefixtures("memory")
def test_a_page_in_memory_is_answered_without_the_application(wire: Wire) -> None:
    answers = wire.exchange(get(KNOWN), get(KNOWN), get(b"/end", END))
    assert answers.startswith(2 * FROM_MEMORY + b"HTTP/1.1 200")
    assert [scope["path"] for scope in wire.scopes] == ["/end"]


@pytest.mark.usefixtures("memory")
def test_other_methods_are_for_the_application(wire: Wire) -> None:
    wire.exchange(b"HEAD /known HTTP/1.1\r\n\r\n", get(b"/end", END))
    assert [scope["path"] for scope in wire.scopes] == ["/known", "/end"]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    "request_line",
    [
        get(KNOWN, END),
        get(KNOWN, version=b"1.0"),
        get(KNOWN, b"Connection: keep-alive\r\n\r\n", version=b"1.0"),
        post(b"")
        .replace(b"/form", KNOWN)
        .replace(b"Content-Length", b"Connection: close\r\nContent-Length"),
    ],
)
def test_what_needs_more_than_the_page_goes_the_usual_way(wire: Wire, request_line: bytes) -> None:
    assert b"memory" not in wire.exchange(request_line)
    assert len(wire.scopes) == 1


@pytest.mark.usefixtures("memory")
def test_requests_sent_at_once_are_answered_in_their_order(wire: Wire) -> None:
    connection = wire.send(get(KNOWN) + get(b"/slow") + get(KNOWN) + get(b"/last", END))
    wire.wait_until(lambda: wire.scopes)
    assert wire.connections[0].flow.read_paused
    wire.let_answer()
    answers = rest_of(connection)
    places = [answers.index(word) for word in (b"memory", b"/slow", b"/known", b"/last")]
    assert places == sorted(places)


@pytest.mark.usefixtures("memory")
def test_a_body_behind_a_page_from_memory_is_not_taken_for_a_request(wire: Wire) -> None:
    inner = get(b"/inner")
    length = b"Content-Length: %d\r\n\r\n" % len(inner)
    assert wire.exchange(get(KNOWN, length) + inner) == FROM_MEMORY
    assert wire.scopes == []


@pytest.mark.usefixtures("memory")
def test_who_asks_for_much_and_reads_nothing_fills_no_memory(wire: Wire) -> None:
    many = get(LARGE) * 60_000
    connection = wire.send()
    connection.setblocking(False)
    sent = 0
    while sent < len(many):
        try:
            sent += connection.send(many[sent : sent + PIECE])
        except BlockingIOError:
            break
    wire.wait_until(lambda: wire.connections)
    (ours,) = wire.connections
    assert ours.transport.get_write_buffer_size() < MUCH
    connection.setblocking(True)


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("path", [b"/slow", b"/known", LARGE])
def test_of_many_requests_sent_at_once_few_wait_and_the_others_stay_bytes(
    wire: Wire, path: bytes
) -> None:
    """The first one waits for its turn, or all for a client that reads nothing."""
    connection = wire.send(get(b"/slow") + get(path) * 5_000 + get(b"/last", END))
    wire.wait_until(lambda: wire.scopes)
    (ours,) = wire.connections
    most = protocol.MOST_WAITING + protocol.PIECE // len(get(b"/"))
    assert protocol.MOST_WAITING <= len(ours.pipeline) <= most
    wire.let_answer()
    connection.settimeout(PATIENCE)
    answers = rest_of(connection)
    assert answers.count(b"HTTP/1.1 200") == 5_002
    assert answers.endswith(b"/last ")
    assert not ours.unread


@pytest.mark.usefixtures("memory")
def test_pages_in_memory_are_answered_from_it_however_many_are_asked_for_at_once(
    wire: Wire,
) -> None:
    answers = wire.exchange(get(KNOWN) * 5_000 + get(b"/last", END))
    assert answers.startswith(FROM_MEMORY * 5_000 + b"HTTP/1.1 200")
    assert [scope["path"] for scope in wire.scopes] == ["/last"]


def test_forms_sent_at_once_come_whole_and_in_their_order(wire: Wire) -> None:
    """Each asks for its body, while others wait behind it."""
    bodies = [b"form %d " % number + b"x" * 3_000 for number in range(200)]
    connection = wire.send(get(b"/slow"))
    wire.wait_until(lambda: wire.scopes)
    sending = Thread(target=connection.sendall, args=(b"".join(map(post, bodies)),))
    sending.start()
    wire.wait_until(lambda: len(wire.connections[0].pipeline) >= protocol.MOST_WAITING)
    wire.let_answer()
    sending.join()
    connection.shutdown(socket.SHUT_WR)
    answers = rest_of(connection)
    places = [answers.index(body) for body in bodies]
    assert places == sorted(places)


def test_a_form_that_asks_for_its_body_lets_no_more_in_while_others_wait(wire: Wire) -> None:
    connection = wire.send(get(b"/slow"))
    wire.wait_until(lambda: wire.scopes)
    sending = Thread(target=connection.sendall, args=(post(b"text") * 20_000 + get(b"/", END),))
    sending.start()
    wire.wait_until(lambda: wire.connections[0].unread)
    wire.let_answer()
    answers = rest_of(connection)
    sending.join()
    assert answers.count(b"/form text") == 20_000
    assert wire.most_unread <= AT_ONCE // protocol.PIECE


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET  HTTP/1.1\r\n\r\n", 400),
        (b"GET nowhere HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT a:443 HTTP/1.1\r\n\r\n", 400),
        (get(b"/", b"A b: c\r\n\r\n"), 400),
        (get(b"/", b"A: \0\r\n\r\n"), 400),
        (get(b"/", b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), 400),
        (get(b"/", b"Transfer-Encoding: chunked\r\n\r\n0\r\nX-Late: 1\r\n\r\n"), 411),
        (get(KNOWN, b"X: %b\r\n\r\n" % (b"x" * 66_000)), 431),
        (get(KNOWN, b"X: %b\r\n\r\n" % (b"x" * 70_000)), 431),
        (get(b"/" + b"x" * 70_000), 431),
    ],
)
def test_what_cannot_be_taken_is_refused_and_the_connection_closed(
    wire: Wire, request_line: bytes, status: int
) -> None:
    answer = wire.exchange(request_line)
    assert statuses(answer) == [status]
    assert b"connection: close" in answer
    assert b"date: today" in answer
    assert wire.scopes == []


def test_a_head_without_end_is_refused(wire: Wire) -> None:
    connection = wire.send(get(b"/", b"X: "))
    for _ in range(400):
        connection.sendall(b"x" * 1_000)
    assert statuses(rest_of(connection)) == [431]


def test_nonsense_behind_a_request_does_not_cut_its_answer_off(wire: Wire) -> None:
    connection = wire.send(get(b"/slow") + b"nonsense\r\n\r\n")
    wire.wait_until(lambda: wire.scopes)
    wire.let_answer()
    assert statuses(rest_of(connection)) == [200]


# --- what is passed on ----------------------------------------------------------------------


def test_the_application_gets_the_request(wire: Wire) -> None:
    wire.exchange(get(b"/a%20b?c=%41#d", b"X-Some: Value\r\n" + END))
    (scope,) = wire.scopes
    assert (scope["path"], scope["raw_path"], scope["query_string"]) == (
        "/a b",
        b"/a%20b",
        b"c=%41",
    )
    assert (b"x-some", b"Value") in scope["headers"]
    assert scope["client"][0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("target", "path"),
    [(b"http://b:8/x?y", b"/x"), (b"HTTPS://b:8", b"/"), (b"http://b:8?y", b"/")],
)
def test_an_absolute_target_names_the_host(wire: Wire, target: bytes, path: bytes) -> None:
    wire.exchange(get(target, END))
    (scope,) = wire.scopes
    assert [value for name, value in scope["headers"] if name == b"host"] == [b"b:8"]
    assert scope["raw_path"] == path


@pytest.mark.parametrize("target", [b"/\xe6\xbc\xa2?q=\xff", b"/\xe6\xbc\xa2#\xff"])
def test_an_address_outside_ascii_is_read_as_if_escaped(wire: Wire, target: bytes) -> None:
    connection = wire.send(get(b"/first"))
    assert connection.recv(12)
    connection.sendall(get(target, b"X: \xff\r\n" + END))
    rest_of(connection)
    assert wire.scopes[1]["raw_path"] == b"/%E6%BC%A2"
    assert (b"x", b"\xff") in wire.scopes[1]["headers"]


OUTSIDE = get("/漢".encode(), b"X: \xff\r\n" + END)


@pytest.mark.parametrize(
    "pieces",
    [
        [b"\r\n" + OUTSIDE],
        [get(b"/first") + OUTSIDE],
        [b"GET ", OUTSIDE.removeprefix(b"GET ")],
        [get(b"/first") + b"GET ", OUTSIDE.removeprefix(b"GET ")],
        [OUTSIDE[:6], OUTSIDE[6:]],
        [OUTSIDE[:10], OUTSIDE[10:]],
        [b"GET /\xe6\xbc\xa2 HTTP/1.1\r\nX: ", b"\xff\r\n" + END],
        [b"GET /\xe6\xbc\xa2 HTTP", b"/1.1\r\n", b"X: \xff\r\n" + END],
    ],
)
def test_it_is_so_wherever_the_pieces_end(wire: Wire, pieces: list[bytes]) -> None:
    connection = wire.send()
    wire.wait_until(lambda: wire.connections)
    wire.receive(pieces)
    rest_of(connection)
    assert wire.scopes[-1]["raw_path"] == b"/%E6%BC%A2"
    assert (b"x", b"\xff") in wire.scopes[-1]["headers"]


def test_a_long_address_outside_ascii_is_read_as_if_escaped(wire: Wire) -> None:
    wire.exchange(get(b"/" + b"\xe6\xbc\xa2" * 3_000, END))
    assert wire.scopes[0]["raw_path"] == b"/" + b"%E6%BC%A2" * 3_000


def test_a_text_that_looks_like_a_request_is_left_as_it_is(wire: Wire) -> None:
    text = OUTSIDE * 200
    assert wire.exchange(post(text, END[:-2])).endswith(b"/form " + text)


def test_a_body_comes_whole_however_it_is_sent(wire: Wire) -> None:
    body = "漢".encode() * 1_000
    first = post(body)
    pieces = [first[place : place + 700] for place in range(0, len(first), 700)]
    assert wire.exchange(*pieces, get(b"/", END)).count(body) == 1
    assert len(wire.scopes) == 2


def test_who_waits_for_leave_to_send_gets_it(wire: Wire) -> None:
    request = post(b"text", b"Expect: 100-Continue\r\n" + END[:-2])
    head = request.removesuffix(b"text")
    connection = wire.send(head)
    assert connection.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sendall(b"text")
    assert rest_of(connection).endswith(b"/form text")


def test_another_protocol_is_not_spoken(wire: Wire) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert statuses(wire.exchange(get(b"/", upgrade) + b"\x81\x00" + get(b"/"))) == [200]


def test_a_head_answer_has_no_body(wire: Wire) -> None:
    answer = wire.exchange(b"HEAD /x HTTP/1.1\r\n" + HEAD + END)
    assert b"content-length: 3" in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_the_connection_stays_for_the_next_request_where_it_may(wire: Wire, version: bytes) -> None:
    answers = wire.exchange(get(b"/one", version=version) + get(b"/two", END))
    assert statuses(answers) == ([200] if version == b"1.0" else [200, 200])


# --- who leaves, and who is slow ------------------------------------------------------------


def test_who_sends_no_more_is_still_answered(wire: Wire) -> None:
    connection = wire.send(get(b"/slow"))
    wire.wait_until(lambda: wire.scopes)
    connection.shutdown(socket.SHUT_WR)
    wire.let_answer()
    assert statuses(rest_of(connection)) == [200]


def test_a_body_that_is_cut_off_is_told_to_the_application(wire: Wire) -> None:
    connection = wire.send(post(b"text")[:-2])
    wire.wait_until(lambda: wire.scopes)
    connection.shutdown(socket.SHUT_WR)
    assert rest_of(connection).endswith(b"/form tecut off")


def test_a_body_that_was_cut_off_before_anybody_looked_is_too(wire: Wire) -> None:
    connection = wire.send(post(b"text").replace(b"/form", b"/slow")[:-2])
    wire.wait_until(lambda: wire.scopes)
    connection.shutdown(socket.SHUT_WR)
    wire.wait_until(lambda: wire.connections[0].cycle.ended)
    wire.let_answer()
    assert rest_of(connection).endswith(b"/slow tecut off")


def test_the_application_learns_that_nobody_reads_any_more(wire: Wire) -> None:
    connection = wire.send(get(b"/much") + get(b"/next"))
    connection.recv(100)
    connection.close()
    wire.wait_until(lambda: wire.left)


@pytest.mark.parametrize(
    ("sent", "limit"),
    [
        (b"", protocol.PATIENCE),
        (b"GET / HT", protocol.PATIENCE),
        (get(b"/") + b"GET / HT", protocol.PATIENCE),
        (get(b"/"), protocol.KEEP_ALIVE),
        (get(KNOWN), protocol.KEEP_ALIVE),
        (
            post(b"", b"Connection: keep-alive\r\n")
            .replace(b": 0", b": 9")
            .replace(b"POST", b"PUT"),
            protocol.PATIENCE,
        ),
        (b"nonsense\r\n\r\n", protocol.LINGER),
    ],
)
@pytest.mark.usefixtures("memory")
def test_who_says_nothing_for_too_long_is_left(wire: Wire, sent: bytes, limit: int) -> None:
    connection = wire.send(sent)
    if b"\r\n\r\n" in sent:
        assert connection.recv(12)
    wire.wait_until(lambda: wire.connections)
    wire.wait_until(lambda: all(seen(one, sent) for one in wire.connections))
    wire.grow_older(limit)
    assert wire.connections
    wire.grow_older(1)
    wire.wait_until(lambda: not wire.connections)


def test_the_time_for_a_head_begins_when_it_begins(wire: Wire) -> None:
    connection = wire.send(get(b"/"))
    assert connection.recv(12)
    wire.grow_older(protocol.KEEP_ALIVE)
    connection.sendall(b"GET / HT")
    wire.wait_until(lambda: all(one.in_head for one in wire.connections))
    wire.grow_older(protocol.PATIENCE)
    connection.sendall(b"TP/1.1\r\n" + END)
    assert statuses(rest_of(connection)) != []


def seen(connection: Any, sent: bytes) -> bool:
    """Whether the connection has read what was sent."""
    return connection.in_head == sent.endswith(b"HT")


def test_an_answer_may_take_its_time(wire: Wire) -> None:
    connection = wire.send(get(b"/slow"))
    wire.wait_until(lambda: wire.scopes)
    wire.grow_older(protocol.KEEP_ALIVE + 1)
    wire.let_answer()
    assert connection.recv(12) == b"HTTP/1.1 200"
    wire.grow_older(protocol.KEEP_ALIVE)
    connection.sendall(get(b"/", END))
    assert statuses(rest_of(connection)) == [200]


def test_who_takes_nothing_of_an_answer_is_left(wire: Wire) -> None:
    wire.send(get(b"/much"))
    wire.wait_until(lambda: any(one.transport.get_write_buffer_size() for one in wire.connections))
    wire.grow_older(1)
    wire.grow_older(protocol.STALLED)
    assert wire.connections
    wire.grow_older(1)
    wire.wait_until(lambda: not wire.connections)
