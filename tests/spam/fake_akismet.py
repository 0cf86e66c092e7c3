"""A server that speaks Akismet's protocol, and can be told to answer amiss."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

THANKS = "Thanks for making the web a better place."


class FakeAkismet(HTTPServer):
    """Answers as it is told to, and remembers what it was asked."""

    answer = "false"
    headers: dict[str, str]
    status = 200
    # Sent in the place of an answer, whether it is one or not.
    bytes_instead = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.headers = {}

    @property
    def verbs(self) -> list[str]:
        return [verb for verb, _fields in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: FakeAkismet

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        verb = self.path.removeprefix("/1.1/")
        self.server.asked.append((verb, {key: value[0] for key, value in parse_qs(body).items()}))
        if self.server.bytes_instead:
            self.wfile.write(self.server.bytes_instead)
            return
        answer = self.server.answer if verb == "comment-check" else THANKS
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *args: Any) -> None:
        """Nothing goes to the terminal."""
