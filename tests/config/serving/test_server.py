"""What the server itself decides: files, monitors, headers, and a database that hangs."""

from __future__ import annotations

import random
import socket
from pathlib import Path

import pytest

from tests.config.serving.conftest import Serve, add_picture, address


def test_a_part_of_a_picture_is_sent(serve: Serve) -> None:
    site = serve()
    add_picture(site, 100)
    part = site.ask("/media/images/big.webp", range="bytes=10-19")
    assert (part.status, len(part.text)) == (206, 10)
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    tag = site.ask("/media/images/big.webp").headers["ETag"]
    assert site.ask("/media/images/big.webp", if_none_match=tag).status == 304


def test_a_large_file_comes_piece_by_piece_as_it_is(serve: Serve) -> None:
    site = serve()
    add_picture(site, 0)
    content = random.Random(1).randbytes(500_000)
    (site.folder / "data" / "media" / "images" / "big.webp").write_bytes(content)
    about = ["GET /media/images/big.webp HTTP/1.1", "Host: localhost", "Connection: close"]
    for asked, sent in (("bytes=0-", content), ("bytes=1000-300000", content[1000:300_001])):
        with site.send(*about, f"Range: {asked}") as connection:
            head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
        assert f"content-length: {len(sent)}".encode() in head
        assert body == sent


def test_a_static_file_comes_from_memory_in_parts_too(serve: Serve, tmp_path: Path) -> None:
    sheet = tmp_path / "data" / "static" / "a.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("body { color: red }")
    large = sheet.with_name("large.js")
    large.write_bytes(bytes(100_000))
    site = serve()
    sheet.unlink()
    large.unlink()
    assert site.ask("/static/a.css").text == "body { color: red }"
    assert site.ask("/static/a.css", range="bytes=0-3").text == "body"
    assert site.ask("/static/b.css").status == 404
    assert site.ask("/static/large.js").status == 404


def test_answers_are_dated_and_tell_nothing_of_the_server(serve: Serve) -> None:
    site = serve()
    for path in ("/healthz", "/robots.txt", "/missing/"):
        headers = site.ask(path).headers
        assert headers["Date"].endswith(" GMT")
        assert headers["Content-Length"]
        assert headers["Server"] is None


def test_files_keep_browsers_on_https_as_pages_do(serve: Serve) -> None:
    site = serve(PARLEY_HTTPS="1", PARLEY_PROXIES="1", PARLEY_HSTS="subdomains")
    add_picture(site, 100)
    for path in ("/robots.txt", "/media/images/big.webp"):
        answer = site.ask(path, x_forwarded_proto="https")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_access_log_knows_the_files_too(serve: Serve) -> None:
    site = serve(PARLEY_ACCESS_LOG="1", PARLEY_PROXIES="1")
    add_picture(site, 100)
    site.ask("/media/images/big.webp", range="bytes=10-19", x_forwarded_for="192.0.2.7")
    (line,) = [line for line in site.log.splitlines() if "big.webp" in line]
    assert "192.0.2.7 GET /media/images/big.webp 206 10 " in line


def test_monitors_are_answered_on_plain_http_and_for_any_host(serve: Serve) -> None:
    site = serve(PARLEY_HTTPS="1", PARLEY_HOSTS="blog.example.org")
    assert site.ask("/healthz", host="10.0.0.7").text == "alive\n"
    assert site.is_ready(host="evil.example").endswith("migrations wait\n")
    assert site.ask("/robots.txt", host="evil.example").status == 400


def test_monitors_are_answered_while_every_thread_waits_for_a_database_that_hangs(
    serve: Serve, silent: socket.socket
) -> None:
    site = serve(DATABASE_URL=f"postgresql://{address(silent)}/parley")
    waiting = [site.send("GET /healthz/x/ HTTP/1.1", "Host: localhost") for _ in range(8)]
    assert site.ask("/healthz").text == "alive\n"
    assert site.ask("/readyz").text == "the database does not answer\n"
    for connection in waiting:
        connection.close()


def test_a_database_that_hangs_is_told_of_once_and_said_to_come_back(
    serve: Serve, silent: socket.socket
) -> None:
    site = serve(
        DATABASE_URL=f"postgresql://{address(silent)}/parley",
        PARLEY_DATABASE_TIMEOUT="2",
        PARLEY_OUTAGE_PAUSE="60",
    )
    for _ in range(5):
        answer = site.ask("/", accept_language="nl")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert '<html lang="nl"' in answer.text
    assert site.log.count("does not answer") == 1
    tellers = [line.split()[3] for line in site.log.splitlines()]
    # The second one hears no other machines.
    assert {*tellers} <= {"config.outage:", "pagecache.channels.listening:"}
    assert len(tellers) == len({*tellers})


def test_a_header_with_an_underscore_is_not_taken_for_the_one_with_dashes(serve: Serve) -> None:
    site = serve(PARLEY_PROXIES="1", PARLEY_HTTPS="1")
    plain = site.send("GET /robots.txt HTTP/1.1", "Host: localhost", "X_Forwarded_Proto: https")
    assert plain.recv(12) == b"HTTP/1.1 301"
    secure = site.send("GET /robots.txt HTTP/1.1", "Host: localhost", "X-Forwarded-Proto: https")
    assert secure.recv(12) == b"HTTP/1.1 200"
    plain.close()
    secure.close()


@pytest.mark.parametrize("forged", ["X_Forwarded_For", "X_Forwarded-For", "x-forwarded_for"])
def test_nobody_counts_as_somebody_else_behind_a_proxy_that_lets_underscores_pass(
    serve: Serve, forged: str
) -> None:
    """What HAProxy sends: the reader's headers as they came, and behind or before them its own."""
    site = serve(PARLEY_PROXIES="1", PARLEY_ACCESS_LOG="1")
    ours, theirs = "X-Forwarded-For: 203.0.113.7", f"{forged}: 192.0.2.66"
    for headers in ([theirs, ours], [ours, theirs]):
        with site.send("GET /robots.txt HTTP/1.1", "Host: localhost", *headers) as connection:
            assert connection.recv(12) == b"HTTP/1.1 200"
    assert site.log.count("203.0.113.7 GET /robots.txt") == 2
    assert "192.0.2.66" not in site.log
