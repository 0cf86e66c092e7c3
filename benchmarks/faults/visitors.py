"""Visitors that request pages while something is wrong with the site."""

from __future__ import annotations

import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from statistics import median
from typing import NamedTuple

LONGEST = 40  # seconds; a visitor who waits longer has given up
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
GONE = 0
BOUNDARY = "----parley-faults"


class Answer(NamedTuple):
    """The status (0 without an answer), the text, the seconds it took, and the URL."""

    status: int
    text: str
    seconds: float
    url: str = ""


class Visitor:
    """A browser that keeps cookies and fills in forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str, patience: float = LONGEST) -> Answer:
        return self._ask(urllib.request.Request(self.address + path), patience)

    def post(
        self, path: str, fields: dict[str, str], *, files: dict[str, bytes] | None = None
    ) -> Answer:
        """Fill in the form at this address and send it."""
        token = TOKEN.search(self.get(path).text)
        sent = {**fields, "csrfmiddlewaretoken": token[1] if token else ""}
        return self.send(path, sent, files or {})

    def send(self, path: str, fields: dict[str, str], files: dict[str, bytes]) -> Answer:
        body, kind = encoded(fields, files)
        headers = {"Content-Type": kind, "Referer": self.address + path}
        request = urllib.request.Request(self.address + path, body, headers)
        return self._ask(request, LONGEST)

    def form_of(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the form at this path, to send later."""
        page = self.get(path).text
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))

    def sign_in(self, password: str) -> Answer:
        return self.post("/accounts/login/", {"login": "admin", "password": password})

    def _ask(self, request: urllib.request.Request, patience: float) -> Answer:
        begun = time.monotonic()
        try:
            with self._opener.open(request, timeout=patience) as answer:
                status, text, url = answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as error:
            status, text, url = error.code, error.read().decode(), request.full_url
        except (OSError, ValueError):
            status, text, url = GONE, "", request.full_url
        return Answer(status, text, time.monotonic() - begun, url)


def encoded(fields: dict[str, str], files: dict[str, bytes]) -> tuple[bytes, str]:
    if not files:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"'
    parts = [f"{head.format(name)}\r\n\r\n{value}\r\n".encode() for name, value in fields.items()]
    for name, content in files.items():
        about = f'{head.format(name)}; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        parts.append(about.encode() + content + b"\r\n")
    return b"".join(
        [*parts, f"--{BOUNDARY}--\r\n".encode()]
    ), f"multipart/form-data; boundary={BOUNDARY}"


def at_once(number: int, ask: Callable[[], Answer]) -> list[Answer]:
    """Return the answers of this many visitors who ask at the same moment."""
    with ThreadPoolExecutor(number) as people:
        return [waiting.result() for waiting in [people.submit(ask) for _ in range(number)]]


def usual_time(address: str, path: str, times: int = 15) -> float:
    """Return the median seconds of an answer."""
    return median(Visitor(address).get(path).seconds for _ in range(times))


@contextmanager
def slow_readers(address: str, path: str, number: int) -> Iterator[None]:
    """Keep this many connections open that requested a file and read only a few bytes."""
    host, _, port = address.removeprefix("http://").partition(":")
    connections = [socket.socket() for _ in range(number)]
    for connection in connections:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(LONGEST)
        connection.connect((host, int(port)))
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    time.sleep(1)  # until the buffers are full
    try:
        yield
    finally:
        for connection in connections:
            connection.close()


def wait_until(holds: Callable[[], bool], longest: float = LONGEST) -> float | None:
    """Return the seconds until the condition holds; None if it does not within `longest`."""
    begun = time.monotonic()
    while time.monotonic() - begun < longest:
        if holds():
            return time.monotonic() - begun
        time.sleep(0.2)
    return None
