"""Requests as no browser sends them, over a connection to the server itself."""

from __future__ import annotations

import socket

import pytest

from tests.config.serving.conftest import Serve, Site

HOST = b"Host: localhost"


def exchange(site: Site, *lines: bytes, body: bytes = b"", ends: bool = False) -> bytes:
    """All that is answered; `ends` closes this end before the answer."""
    with socket.create_connection(("127.0.0.1", site.port), 30) as connection:
        connection.sendall(b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").read()


def test_an_address_may_hold_any_letter_unescaped(serve: Serve, staff: str) -> None:
    site = serve()
    for asked in ("/?q=漢", "/?page=漢&before=é", "/accounts/login/?next=/漢/", "/?q=%", "//?é"):
        answer = exchange(site, f"GET {asked} HTTP/1.1".encode(), HOST)
        assert answer.split()[1] in {b"200", b"404"}, asked
    form = exchange(site, "GET /accounts/login/?next=/漢/ HTTP/1.1".encode(), HOST)
    assert 'value="/漢/"'.encode() in form


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /robots.txt HTTP/1.0", b"400"),
        (b"GET /robots.txt HTTP/1.1", b"400"),
        (b"GET http://localhost/robots.txt HTTP/1.1", b"200"),
        (b"GET http://evil.example/robots.txt HTTP/1.1", b"400"),
    ],
)
def test_who_names_no_host_of_ours_is_refused(serve: Serve, line: bytes, status: bytes) -> None:
    site = serve(PARLEY_HOSTS="localhost,127.0.0.1")
    assert exchange(site, line).split()[1] == status


def test_a_cookie_outside_ascii_keeps_no_other_from_being_read(serve: Serve) -> None:
    site = serve()
    token = "a" * 32
    body = f"csrfmiddlewaretoken={token}&login=nobody&password=wrong".encode()
    about = (
        b"POST /accounts/login/ HTTP/1.1",
        HOST,
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Length: %d" % len(body),
    )
    cookie = f"Cookie: naam=José; csrftoken={token}"
    for sent, is_refused in (
        (cookie.encode(), False),
        (cookie.encode("latin-1"), False),
        (b"X-Cookie: none", True),
    ):
        answer = exchange(site, *about, sent, body=body)
        assert (answer.split()[1] == b"403") == is_refused


def test_a_body_that_ends_early_is_a_bad_request(serve: Serve) -> None:
    site = serve()
    form = b"Content-Type: application/x-www-form-urlencoded"
    about = (b"POST /language/ HTTP/1.1", HOST, form, b"Content-Length: 100")
    assert exchange(site, *about, body=b"language=nl", ends=True).split()[1] == b"400"
