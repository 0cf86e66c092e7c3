"""The server itself, on a port of this machine: nobody who is slow, and nothing that hangs, stops it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GRANIAN = (
    "-m granian --interface rsgi --workers 1 --no-ws --log-level error"
    " config.serving.server:application"
)
PATIENCE = 30
PICTURE = 9 * 2**20
MANY = 40


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


class Site(NamedTuple):
    port: int
    folder: Path

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        url = f"http://127.0.0.1:{self.port}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, body, named)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read().decode())

    def send(self, *lines: str, body: bytes = b"") -> socket.socket:
        """Write a request, and leave the connection open and its answer unread."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection

    def is_ready(self, host: str) -> str:
        """What `/readyz` says once its look at the database was quick enough, which it may not be at first."""
        while (told := self.ask("/readyz", host=host).text) == "the database does not answer\n":
            continue
        return told

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


Serve = Callable[..., Site]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """serve(NAME="value", …) -> a site with these variables and an empty data folder."""
    started = []

    def start(**variables: str) -> Site:
        with socket.create_server(("127.0.0.1", 0)) as free:
            site = Site(free.getsockname()[1], tmp_path)
        known = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        pretend_to_have_collected(tmp_path / "data" / "static")
        variables = {"PARLEY_DATA": str(tmp_path / "data"), **variables}
        with (tmp_path / "log").open("w") as log:
            command = [sys.executable, *GRANIAN.split(), "--port", str(site.port)]
            process = subprocess.Popen(command, cwd=ROOT, env=known | variables, stderr=log)
        started.append(process)
        wait_for_first_answer(site, process)
        return site

    yield start
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


def pretend_to_have_collected(folder: Path) -> None:
    """Pages look up the names of their styles; nobody fetches these."""
    folder.mkdir(parents=True)
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    names = [path.relative_to(ROOT / "static").as_posix() for path in files]
    manifest = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    (folder / "staticfiles.json").write_text(json.dumps(manifest))


def wait_for_first_answer(site: Site, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            site.ask("/healthz")
        except urllib.error.URLError:
            continue
        return
    raise AssertionError(site.log)


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server


def address(server: socket.socket) -> str:
    return f"127.0.0.1:{server.getsockname()[1]}"


def add_picture(site: Site, size: int = PICTURE) -> None:
    folder = site.folder / "data" / "media" / "images"
    folder.mkdir(parents=True)
    (folder / "big.webp").write_bytes(bytes(size))


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


SIGN_IN = """
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from accounts.models import User
call_command("migrate", verbosity=0)
user = User.objects.create_superuser("ada", "ada@example.org", "x")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session.save()
print(session.session_key)
"""


@pytest.fixture
def staff(tmp_path: Path) -> str:
    """The cookie of somebody of the staff, who is in the database of the site that is served next."""
    own = {"PARLEY_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "CACHE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", SIGN_IN],
        cwd=ROOT,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return f"sessionid={done.stdout.strip()}"


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


def test_a_part_of_a_picture_is_sent(serve: Serve) -> None:
    site = serve()
    add_picture(site, 100)
    part = site.ask("/media/images/big.webp", range="bytes=10-19")
    assert (part.status, len(part.text)) == (206, 10)
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    tag = site.ask("/media/images/big.webp").headers["ETag"]
    assert site.ask("/media/images/big.webp", if_none_match=tag).status == 304


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
    assert site.log.count("\n") == 1


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
