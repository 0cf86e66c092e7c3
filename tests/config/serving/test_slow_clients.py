"""Nobody who reads or sends slowly, or leaves in the middle, keeps the others out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.serving.conftest import Serve, add_picture

MANY = 40


def test_slow_readers_of_a_large_picture_keep_nobody_out(serve: Serve) -> None:
    site = serve()
    add_picture(site)
    readers = [
        site.send("GET /media/images/big.webp HTTP/1.1", "Host: localhost") for _ in range(MANY)
    ]
    assert all(reader.recv(12) == b"HTTP/1.1 200" for reader in readers)
    assert site.ask("/robots.txt").status == 200
    for reader in readers:
        reader.close()


HANGING_SHARE = """
import os, sys, time
stat = os.stat
def hang(path, *args, **options):
    while "away" in str(path) and not os.access({release!r}, os.F_OK):
        time.sleep(0.05)
    return stat(path, *args, **options)
os.stat = hang
"""


def test_a_share_of_uploads_that_hangs_keeps_readers_from_nothing_else(
    serve: Serve, tmp_path: Path
) -> None:
    release = tmp_path / "it goes on"
    code = tmp_path / "path" / "sitecustomize.py"
    code.parent.mkdir()
    code.write_text(HANGING_SHARE.format(release=str(release)))
    site = serve(PYTHONPATH=str(code.parent))
    readers = [
        site.send("GET /media/images/away.webp HTTP/1.1", "Host: localhost") for _ in range(MANY)
    ]
    assert site.ask("/healthz").text == "alive\n"
    assert site.ask("/robots.txt").status == 200
    release.touch()
    for reader in readers:
        reader.close()


def test_slow_senders_keep_nobody_out(serve: Serve) -> None:
    site = serve(PARLEY_FORM_KB="1024")
    about = ["POST /language/ HTTP/1.1", "Host: localhost"]
    form = "Content-Type: application/x-www-form-urlencoded"
    senders = [
        site.send(*about, form, f"Content-Length: {size}", body=b"language=")
        for size in [100] * MANY + [1_000_000] * MANY
    ]
    assert site.ask("/robots.txt").status == 200
    for sender in senders:
        sender.close()


def test_slow_senders_of_much_keep_no_author_from_sending_as_much(serve: Serve, staff: str) -> None:
    site = serve()
    cookies = ["", f"sessionid={'x' * 32}", staff]
    senders = [
        site.send(
            "POST /admin/preview/ HTTP/1.1",
            "Host: localhost",
            f"Cookie: {cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 1000000",
            body=b"content=",
        )
        for cookie in cookies * 8
    ]
    token = "a" * 32
    form = f"language=en&content=Fog+{'a' * 400_000}".encode()
    cookie = f"{staff}; csrftoken={token}"
    answer = site.ask("/admin/preview/", form, cookie=cookie, x_csrftoken=token)
    assert answer.status == 200
    assert f"Fog {'a' * 400_000}" in answer.text
    for sender in senders:
        sender.close()


@pytest.mark.parametrize("cookie", ["", f"sessionid={'x' * 32}"])
def test_who_is_not_signed_in_and_sends_much_reads_that_it_is_too_much(
    serve: Serve, staff: str, cookie: str
) -> None:
    answer = serve().ask("/accounts/login/", bytes(12 * 2**20), cookie=cookie, accept_language="nl")
    assert answer.status == 413
    assert '<html lang="nl"' in answer.text


def test_what_its_sender_did_not_send_to_its_end_is_not_taken(serve: Serve) -> None:
    site = serve(PARLEY_ACCESS_LOG="1")
    with site.send("POST /language/ HTTP/1.1", "Host: localhost", "Content-Length: 100", body=b"a"):
        pass
    assert site.ask("/robots.txt").status == 200
    assert "POST" not in site.log


@pytest.mark.parametrize("size", [40, 400_000])
def test_what_arrives_in_pieces_is_read_whole(serve: Serve, size: int) -> None:
    site = serve(PARLEY_FORM_KB="1024")
    body = b"filler=" + b"a" * size + b"&language=nl&next=/"
    with site.send(
        "POST /language/ HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        body=body[:20],
    ) as connection:
        connection.sendall(body[20:])
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 302")
    assert b"django_language=nl" in answer
